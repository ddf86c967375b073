import { Laptop, Monitor, Smartphone } from 'lucide-react';
import type { Metadata } from 'next';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { KeyValues } from '@/components/ui/key-values';
import { Moment } from '@/components/ui/moment';
import { PageHeader } from '@/components/ui/page-header';
import { requireSession } from '@/lib/session/current';
import { listSessions, type SessionItem } from '@/lib/session/session-list';
import { EndOthersForm, EndSessionForm } from './form';

export const metadata: Metadata = { title: 'Sessions' };

const icons = { web: Monitor, mobile: Smartphone, desktop: Laptop } as const;

const methods: Readonly<Record<string, string>> = {
  email: 'Password and emailed code',
  sms: 'Password and texted code',
  totp: 'Password and authentication app',
  passkey: 'Passkey',
  backup: 'Password and backup code',
  hand_over: 'Password and hand-over PIN',
};

function EndText({ item, now }: { readonly item: SessionItem; readonly now: number }) {
  const { overall, idle } = item.ends;
  if (overall === null && idle === null) return <>Does not expire by itself</>;
  const rule = item.endsBecause.map((source) => source.name).join(', ') || 'Gatehouse’s own limit';
  return (
    <>
      {overall !== null && (
        <span className="block">
          <Moment at={overall} now={now} /> by {rule}
        </span>
      )}
      {idle !== null && (
        <span className="block text-muted">
          Without activity already <Moment at={idle} now={now} />
        </span>
      )}
    </>
  );
}

type SessionCardProps = { readonly item: SessionItem; readonly place: number; readonly now: number };

function SessionCard({ item, place, now }: SessionCardProps) {
  const Icon = icons[item.kind];
  return (
    <Card
      title={
        <span className="flex items-center gap-2">
          <Icon aria-hidden className="size-4 text-muted" />
          {item.client}
        </span>
      }
      aside={
        item.isCurrent ? (
          <Badge tone="ok">This device</Badge>
        ) : (
          <EndSessionForm id={item.id} label={`Session ${place}: ${item.client}`} />
        )
      }
    >
      <KeyValues
        items={[
          { label: 'Address', value: <span className="font-mono">{item.address ?? 'unknown'}</span> },
          { label: 'Signed in', value: <Moment at={item.createdAt} now={now} /> },
          { label: 'With', value: item.method ? (methods[item.method] ?? item.method) : 'Password' },
          { label: 'Last active', value: <Moment at={item.lastActiveAt} now={now} /> },
          { label: 'Ends', value: <EndText item={item} now={now} /> },
        ]}
      />
    </Card>
  );
}

export default async function SessionsPage() {
  const session = await requireSession();
  const items = await listSessions(session);
  return (
    <>
      <PageHeader
        title="Sessions"
        description="Where you are signed in. Sign out whatever you do not recognize, then change your password."
        actions={items.length > 1 ? <EndOthersForm /> : undefined}
      />
      {items.map((item, index) => (
        <SessionCard key={item.id} item={item} place={index + 1} now={session.now} />
      ))}
    </>
  );
}
