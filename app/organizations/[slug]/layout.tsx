import type { ReactNode } from 'react';
import { Shell } from '@/app/shell';
import { Callout } from '@/components/ui/callout';
import { LinkButton } from '@/components/ui/link-button';
import { Moment } from '@/components/ui/moment';
import { type ClaimAtRisk, claimsAtRisk } from '@/lib/organization/claim-rows';
import { requireMembership } from '@/lib/session/current';

type RiskProps = { readonly claim: ClaimAtRisk; readonly slug: string; readonly now: number };

function RiskCallout({ claim, slug, now }: RiskProps) {
  return (
    <Callout
      tone="warn"
      title={`The claim of ${claim.domain} is at risk`}
      actions={
        <LinkButton href={`/organizations/${slug}/domains`} size="small">
          See the record
        </LinkButton>
      }
    >
      <p>
        Its TXT record is gone. Its policy still holds; without the record the claim lapses{' '}
        <Moment at={claim.lapsesAt} now={now} />.
      </p>
    </Callout>
  );
}

type LayoutProps = { readonly children: ReactNode; readonly params: Promise<{ readonly slug: string }> };

export default async function OrganizationLayout({ children, params }: LayoutProps) {
  const { slug } = await params;
  const { session, membership } = await requireMembership(slug);
  const isOffice = membership.role === 'owner' || membership.role === 'admin';
  const atRisk = isOffice ? await claimsAtRisk(membership.organizationId) : [];
  return (
    <Shell
      session={session}
      slug={slug}
      wide
      callouts={atRisk.map((claim) => (
        <RiskCallout key={claim.domain} claim={claim} slug={slug} now={session.now} />
      ))}
    >
      {children}
    </Shell>
  );
}
