import { redirect } from 'next/navigation';
import { PanelDialog } from '@/components/panel-dialog';
import { Card } from '@/components/ui/card';
import { KeyValues } from '@/components/ui/key-values';
import { LinkButton } from '@/components/ui/link-button';
import { Moment } from '@/components/ui/moment';
import { PageHeader } from '@/components/ui/page-header';
import { requireMembership } from '@/lib/session/current';
import { entryOf } from '@/lib/session/entry';
import { roleWords } from '../words';
import { LeaveForm } from './form';

type PageProps = {
  readonly params: Promise<{ readonly slug: string }>;
  readonly searchParams: Promise<{ readonly act?: string }>;
};

/** Owners and admins have their work elsewhere; everybody else sees what this organization is to them. */
export default async function OrganizationPage({ params, searchParams }: PageProps) {
  const { slug } = await params;
  const { session, membership } = await requireMembership(slug);
  const { act } = await searchParams;
  if (membership.role === 'owner' || membership.role === 'admin')
    if (act !== 'leave') redirect(`/organizations/${slug}/members`);
  const entry = entryOf(session, membership);
  const at = `/organizations/${slug}`;
  return (
    <>
      <PageHeader
        title={membership.name}
        description={`You are ${roleWords[membership.role].toLowerCase()} here.`}
      />
      {act === 'leave' && (
        <PanelDialog
          title={`Leave ${membership.name}`}
          description={<p>You lose access at once. Only a new invitation brings you back.</p>}
          closeHref={at}
        >
          <LeaveForm slug={slug} />
        </PanelDialog>
      )}
      <Card
        footer={
          <LinkButton href={`${at}?act=leave`} size="small">
            Leave
          </LinkButton>
        }
      >
        <KeyValues
          items={[
            { label: 'Joined', value: <Moment at={membership.joinedAt} now={session.now} /> },
            {
              label: 'Second factor',
              value:
                membership.secondFactorRule === null ? (
                  'Not required here'
                ) : (
                  <Requirement entry={entry} now={session.now} />
                ),
            },
          ]}
        />
      </Card>
    </>
  );
}

type Entry = ReturnType<typeof entryOf>;

function Requirement({ entry, now }: { readonly entry: Entry; readonly now: number }) {
  if (entry.state !== 'grace') return <>Required, and you have one</>;
  return (
    <>
      Required: set it up by <Moment at={entry.deadline} now={now} />
    </>
  );
}
