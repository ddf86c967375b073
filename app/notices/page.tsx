import { BellOff, CircleDot } from 'lucide-react';
import type { Metadata } from 'next';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Moment } from '@/components/ui/moment';
import { PageHeader } from '@/components/ui/page-header';
import { TextLink } from '@/components/ui/text-link';
import { type NoticeView, ownNotices } from '@/lib/account/notices';
import { requireSession } from '@/lib/session/current';
import { ReadAllForm, ReadOneForm } from './form';

export const metadata: Metadata = { title: 'Notices' };

const linkRow = 'inline-flex touch:min-h-11 items-center';

type NoticeProps = { readonly notice: NoticeView; readonly place: number; readonly now: number };

function Notice({ notice, place, now }: NoticeProps) {
  const { text, readAt } = notice;
  const isUnread = readAt === null;
  return (
    <li className="flex flex-col gap-2 p-4 sm:px-5">
      <div className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1">
        <h2 className={isUnread ? 'font-semibold' : 'font-medium text-muted'}>{text.title}</h2>
        {isUnread && <Badge icon={<CircleDot aria-hidden />}>New</Badge>}
      </div>
      <div className="wrap-anywhere max-w-prose space-y-1.5">
        {text.body.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      <p className="text-muted text-xs">
        <Moment at={notice.createdAt} now={now} />
      </p>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-1 text-sm">
        {text.action?.path && (
          <TextLink href={text.action.path} className={linkRow}>
            {text.action.label}
          </TextLink>
        )}
        {text.security && (
          <TextLink href="/not-me" className={linkRow}>
            This wasn’t me<span className="sr-only">: {text.title}</span>
          </TextLink>
        )}
        {isUnread && (
          <div className="sm:ml-auto">
            <ReadOneForm id={notice.id} label={`Notice ${place}: ${text.title}`} />
          </div>
        )}
      </div>
    </li>
  );
}

export default async function NoticesPage() {
  const session = await requireSession();
  const notices = await ownNotices(session);
  return (
    <>
      <PageHeader
        title="Notices"
        description="What happened to your sign-in and in your organizations. Those about security cannot be switched off."
        actions={session.unreadNotices > 0 ? <ReadAllForm /> : undefined}
      />
      <Card flush>
        {notices.length === 0 ? (
          <EmptyState icon={<BellOff aria-hidden />} title="No notices yet">
            Sign-ins from new browsers, changes to how you sign in and deadlines will stand here.
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {notices.map((notice, index) => (
              <Notice key={notice.id} notice={notice} place={index + 1} now={session.now} />
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}
