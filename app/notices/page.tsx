import { BellOff, CircleDot } from 'lucide-react';
import type { Metadata } from 'next';
import * as z from 'zod';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Moment } from '@/components/ui/moment';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { TextLink } from '@/components/ui/text-link';
import { type NoticeView, ownNotices, type Paragraph } from '@/lib/account/notices';
import { requireSession } from '@/lib/session/current';
import { ReadAllForm, ReadOneForm } from './form';

export const metadata: Metadata = { title: 'Notices' };

const linkRow = 'inline-flex touch:min-h-11 items-center';

function NoticeParagraph({ parts }: { readonly parts: Paragraph }) {
  const named = parts.map((part, index) => ({ part, key: `${index}` }));
  return (
    <p>
      {named.map(({ part, key }) =>
        typeof part === 'string' ? part : <Moment key={key} at={part} show="absolute" />,
      )}
    </p>
  );
}

type NoticeProps = { readonly notice: NoticeView; readonly place: number; readonly now: number };

function Notice({ notice, place, now }: NoticeProps) {
  const { title, body, action, readAt } = notice;
  const isUnread = readAt === null;
  return (
    <li className="flex flex-col gap-2 p-4 sm:px-5">
      <div className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1">
        <h2 className={isUnread ? 'font-semibold' : 'font-medium text-muted'}>{title}</h2>
        {isUnread && <Badge icon={<CircleDot aria-hidden />}>New</Badge>}
      </div>
      <div className="wrap-anywhere max-w-prose space-y-1.5">
        {body.map((parts) => (
          <NoticeParagraph key={parts.join('')} parts={parts} />
        ))}
      </div>
      <p className="text-muted text-xs">
        <Moment at={notice.createdAt} now={now} />
      </p>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-1 text-sm">
        {action?.path && (
          <TextLink href={action.path} className={linkRow}>
            {action.label}
          </TextLink>
        )}
        {notice.isAboutSecurity && (
          <TextLink href="/not-me" className={linkRow}>
            This wasn’t me<span className="sr-only">: {title}</span>
          </TextLink>
        )}
        {isUnread && (
          <div className="sm:ml-auto">
            <ReadOneForm id={notice.id} label={`Notice ${place}: ${title}`} />
          </div>
        )}
      </div>
    </li>
  );
}

type NoticesPageProps = { readonly searchParams: Promise<{ readonly before?: string | string[] }> };

const beforeOf = (before: string | string[] | undefined) =>
  typeof before === 'string' && z.uuid().safeParse(before).success ? before : null;

export default async function NoticesPage({ searchParams }: NoticesPageProps) {
  const session = await requireSession();
  const before = beforeOf((await searchParams).before);
  const { notices, next } = await ownNotices(session, before);
  return (
    <>
      <PageHeader
        title="Notices"
        description="What happened to your sign-in and in your organizations. Those about security cannot be switched off."
        actions={session.unreadNotices > 0 ? <ReadAllForm /> : undefined}
      />
      <Card flush>
        {notices.length === 0 ? (
          <EmptyState
            icon={<BellOff aria-hidden />}
            title={before === null ? 'No notices yet' : 'Nothing here'}
          >
            {before === null
              ? 'Sign-ins from new browsers, changes to how you sign in and deadlines will stand here.'
              : 'There are no older notices.'}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {notices.map((notice, index) => (
              <Notice key={notice.id} notice={notice} place={index + 1} now={session.now} />
            ))}
          </ul>
        )}
      </Card>
      <Pagination
        previous={before === null ? undefined : '/notices'}
        next={next === null ? undefined : `/notices?before=${next}`}
      />
    </>
  );
}
