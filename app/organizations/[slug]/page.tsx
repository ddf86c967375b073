import type { Metadata } from 'next';
import { PanelDialog } from '@/components/panel-dialog';
import { Card } from '@/components/ui/card';
import { type KeyValue, KeyValues } from '@/components/ui/key-values';
import { LinkButton } from '@/components/ui/link-button';
import { Moment } from '@/components/ui/moment';
import { PageHeader } from '@/components/ui/page-header';
import { type ClaimView, listClaims } from '@/lib/organization/claim-rows';
import { listInvitations } from '@/lib/organization/invitations';
import { countMembers } from '@/lib/organization/members';
import { requireMembership } from '@/lib/session/current';
import { entryOf } from '@/lib/session/entry';
import type { MembershipRow } from '@/lib/session/layers';
import { planWords, roleWords } from '../words';
import { ClaimBadge } from './domains/claim';
import { LeaveForm } from './form';

export const metadata: Metadata = { title: 'Organization' };

type PageProps = {
  readonly params: Promise<{ readonly slug: string }>;
  readonly searchParams: Promise<{ readonly act?: string | readonly string[] }>;
};

/** What this organization is to the person; for owners and admins also where it stands. */
export default async function OrganizationPage({ params, searchParams }: PageProps) {
  const { slug } = await params;
  const { session, membership } = await requireMembership(slug);
  const { act } = await searchParams;
  const { role, name, plan, organizationId } = membership;
  const isOffice = role === 'owner' || role === 'admin';
  const entry = entryOf(session, membership);
  const at = `/organizations/${slug}`;
  return (
    <div className="flex w-full max-w-form flex-col gap-6">
      <PageHeader title={name} description={`${roleWords[role]} · ${planWords[plan]} plan`} />
      {act === 'leave' && (
        <PanelDialog
          title={`Leave ${name}`}
          description={<p>You lose access at once. Only a new invitation brings you back.</p>}
          closeHref={at}
        >
          <LeaveForm slug={slug} />
        </PanelDialog>
      )}
      {isOffice && <Office organizationId={organizationId} at={at} rule={membership.secondFactorRule} />}
      <Card
        title="You here"
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
                  'Not required by this organization'
                ) : (
                  <Requirement entry={entry} now={session.now} />
                ),
            },
          ]}
        />
      </Card>
    </div>
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

const people = (count: number) => (count === 1 ? 'One person, you' : `${count} people`);

type OfficeProps = {
  readonly organizationId: string;
  readonly at: string;
  readonly rule: MembershipRow['secondFactorRule'];
};

function policyWords(claims: readonly ClaimView[]): string {
  const active = claims.filter((claim) => claim.policyActive).map((claim) => claim.domain);
  if (active.length > 0) return `Active for ${active.join(', ')}`;
  return claims.length === 0 ? 'Needs a claimed domain' : 'Not active yet';
}

/** Where the organization stands, each line with its one next step. */
async function Office({ organizationId, at, rule }: OfficeProps) {
  const [counts, invitations, claims] = await Promise.all([
    countMembers(organizationId),
    listInvitations(organizationId),
    listClaims(organizationId),
  ]);
  const standing = claims.filter((claim) => claim.endedAt === null);
  const see = (href: string, label: string) => (
    <LinkButton href={`${at}${href}`} size="small">
      {label}
    </LinkButton>
  );
  const items: readonly KeyValue[] = [
    {
      label: 'Members',
      value: `${people(counts.all)}${counts.suspended > 0 ? `, ${counts.suspended} suspended` : ''}`,
      action: see('/members', 'See members'),
    },
    {
      label: 'Invitations',
      value: invitations.length === 0 ? 'None open' : `${invitations.length} open`,
      action: see('/members/invitations', 'Invite people'),
    },
    {
      label: 'Domains',
      value:
        standing.length === 0 ? (
          'None claimed'
        ) : (
          <ul className="flex flex-col gap-1.5">
            {standing.map((claim) => (
              <li key={claim.id} className="flex flex-wrap items-center gap-2">
                <span className="break-all">{claim.domain}</span>
                <ClaimBadge claim={claim} />
              </li>
            ))}
          </ul>
        ),
      action: see('/domains', standing.length === 0 ? 'Claim a domain' : 'See domains'),
    },
    {
      label: 'Policies',
      value: policyWords(standing),
      action: see('/policies', 'See policies'),
    },
    {
      label: 'Two-factor rule',
      value: rule === null ? 'Not active' : 'Active for everybody here',
      action: see('/security', 'See the rule'),
    },
  ];
  return (
    <Card title="Where it stands">
      <KeyValues items={items} />
    </Card>
  );
}
