import { Globe } from 'lucide-react';
import type { Metadata } from 'next';
import { PanelDialog } from '@/components/panel-dialog';
import { Card } from '@/components/ui/card';
import { type Column, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Moment } from '@/components/ui/moment';
import { PageHeader } from '@/components/ui/page-header';
import { type ClaimView, findClaim, listClaims } from '@/lib/organization/claim-rows';
import { firstDomainOf } from '@/lib/organization/claim-start';
import { requireMembership } from '@/lib/session/current';
import { ClaimBadge, ClaimCard } from './claim';
import { ClaimDomainForm, RevokeForm, SubdomainsForm } from './form';

export const metadata: Metadata = { title: 'Domains' };

type Address = Readonly<Record<string, string | readonly string[] | undefined>>;
type PageProps = {
  readonly params: Promise<{ readonly slug: string }>;
  readonly searchParams: Promise<Address>;
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The claim that a panel is about, where the address names a standing one. */
async function chosenClaim(organizationId: string, { claim }: Address): Promise<ClaimView | null> {
  if (typeof claim !== 'string' || !uuid.test(claim)) return null;
  const found = await findClaim(organizationId, claim);
  return found?.endedAt === null ? found : null;
}

export default async function DomainsPage({ params, searchParams }: PageProps) {
  const { slug } = await params;
  const { session, membership } = await requireMembership(slug, 'admin');
  const address = await searchParams;
  const { organizationId } = membership;
  const isOwner = membership.role === 'owner';
  const claims = await listClaims(organizationId);
  const standing = claims.filter((claim) => claim.endedAt === null);
  const ended = claims.filter((claim) => claim.endedAt !== null);
  const first = isOwner ? await firstDomainOf({ accountId: session.accountId, organizationId }) : null;
  const chosen = isOwner ? await chosenClaim(organizationId, address) : null;
  return (
    <div className="flex w-full max-w-form flex-col gap-6">
      <PageHeader
        title="Domains"
        description="Prove that an email domain is yours. Then you can decide how every account in it signs in, and help its people."
      />
      {chosen && <ClaimPanel claim={chosen} act={address.act} slug={slug} />}
      {standing.map((claim) => (
        <ClaimCard key={claim.id} claim={claim} slug={slug} isOwner={isOwner} now={session.now} />
      ))}
      {standing.length === 0 && !isOwner && (
        <Card>
          <EmptyState icon={<Globe aria-hidden />} title="No domain is claimed">
            <p>An owner of {membership.name} can claim one.</p>
          </EmptyState>
        </Card>
      )}
      {isOwner && (
        <Card
          title={standing.length === 0 ? 'Claim your first domain' : 'Claim another domain'}
          description="You will add a TXT record at your DNS host. Nothing changes for your people until you activate a policy."
        >
          <ClaimDomainForm slug={slug} first={first?.domain ?? null} />
        </Card>
      )}
      {ended.length > 0 && <EndedClaims claims={ended} now={session.now} />}
    </div>
  );
}

type PanelProps = { readonly claim: ClaimView; readonly act: unknown; readonly slug: string };

function ClaimPanel({ claim, act, slug }: PanelProps) {
  const closeHref = `/organizations/${slug}/domains`;
  const form = { slug, claimId: claim.id, domain: claim.domain };
  if (act === 'revoke')
    return (
      <PanelDialog
        title={`Revoke ${claim.domain}`}
        description={
          <p>
            Its policy becomes inactive at once, and its accounts are not managed by this organization any
            more. Versions are kept, and nobody loses a second factor.
          </p>
        }
        closeHref={closeHref}
      >
        <RevokeForm {...form} />
      </PanelDialog>
    );
  if (act === 'subdomains')
    return (
      <PanelDialog title={`Subdomains of ${claim.domain}`} closeHref={closeHref}>
        <SubdomainsForm {...form} included={claim.includesSubdomains} />
      </PanelDialog>
    );
  return null;
}

function EndedClaims({ claims, now }: { readonly claims: readonly ClaimView[]; readonly now: number }) {
  const columns: readonly Column<ClaimView>[] = [
    {
      key: 'domain',
      header: 'Domain',
      lead: true,
      cell: (claim) => <span className="break-all">{claim.domain}</span>,
    },
    {
      key: 'state',
      header: 'State',
      cell: (claim) => (
        <>
          <ClaimBadge claim={claim} />
          {claim.rejectedReason !== null && (
            <span className="mt-1 block text-muted text-xs">{claim.rejectedReason}</span>
          )}
        </>
      ),
    },
    {
      key: 'ended',
      header: 'Ended',
      cell: (claim) => (claim.endedAt === null ? null : <Moment at={claim.endedAt} now={now} />),
    },
  ];
  return (
    <Card title="Earlier claims" flush>
      <DataTable caption="Earlier claims" columns={columns} rows={claims} rowKey={(claim) => claim.id} />
    </Card>
  );
}
