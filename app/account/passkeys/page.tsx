import type { Metadata } from 'next';
import { Disclosure } from '@/components/disclosure';
import { Badge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { KeyValues } from '@/components/ui/key-values';
import { Moment } from '@/components/ui/moment';
import { PageHeader } from '@/components/ui/page-header';
import { ownPasskeys } from '@/lib/account/own-factors';
import type { PasskeyItem } from '@/lib/account/passkeys';
import { requireSession } from '@/lib/session/current';
import { NewPasskey, RemoveForm, RenameForm } from './form';

export const metadata: Metadata = { title: 'Passkeys' };

function PasskeyCard({ item, now }: { readonly item: PasskeyItem; readonly now: number }) {
  return (
    <Card
      title={item.name}
      aside={item.backedUp ? <Badge tone="neutral">Synced</Badge> : undefined}
      footer={<RemoveForm id={item.id} name={item.name} />}
    >
      <div className="flex flex-col gap-4">
        <KeyValues
          items={[
            { label: 'Made', value: <Moment at={item.createdAt} now={now} /> },
            {
              label: 'Last used',
              value: item.lastUsedAt === null ? 'Not yet' : <Moment at={item.lastUsedAt} now={now} />,
            },
          ]}
        />
        <Disclosure summary="Rename">
          <RenameForm id={item.id} name={item.name} />
        </Disclosure>
      </div>
    </Card>
  );
}

export default async function PasskeysPage({ searchParams }: PageProps<'/account/passkeys'>) {
  const session = await requireSession();
  const items = await ownPasskeys(session);
  const { done } = await searchParams;
  return (
    <>
      <PageHeader
        title="Passkeys"
        description="Sign in with your fingerprint, face or screen lock instead of password and code."
      />
      {done !== undefined && (
        <Callout tone="ok" role="status">
          Your passkey is ready. Your other sessions were signed out.
        </Callout>
      )}
      {items.map((item) => (
        <PasskeyCard key={item.id} item={item} now={session.now} />
      ))}
      <Card
        title={items.length === 0 ? 'No passkeys yet' : 'Add another passkey'}
        description={
          items.length === 0 &&
          'A passkey stays on your device or in your password manager. It works on the real site only, so nobody can trick you out of it.'
        }
      >
        <div className="flex flex-col gap-5">
          <NewPasskey />
        </div>
      </Card>
    </>
  );
}
