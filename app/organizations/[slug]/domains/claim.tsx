import { RecordTable } from '@/components/record-table';
import { Badge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { KeyValues } from '@/components/ui/key-values';
import { LinkButton } from '@/components/ui/link-button';
import { Moment } from '@/components/ui/moment';
import { TextLink } from '@/components/ui/text-link';
import type { ClaimView } from '@/lib/organization/claim-rows';
import { claimRecord } from '@/lib/policy/domain-claim';
import { CheckNowForm, RenewForm } from './form';
import { ClaimPath } from './path';
import { ClaimPoller } from './poller';
import { sightingText } from './texts';

const badges = {
  pending: { word: 'Record awaited', tone: 'warn' },
  awaiting_approval: { word: 'Approval awaited', tone: 'warn' },
  verified: { word: 'Verified', tone: 'ok' },
  at_risk: { word: 'At risk', tone: 'warn' },
  lapsed: { word: 'Lapsed', tone: 'bad' },
  rejected: { word: 'Rejected', tone: 'bad' },
  revoked: { word: 'Revoked', tone: 'neutral' },
} as const;

export const ClaimBadge = ({ claim }: { readonly claim: ClaimView }) => (
  <Badge tone={badges[claim.state].tone}>{badges[claim.state].word}</Badge>
);

type ClaimCardProps = {
  readonly claim: ClaimView;
  readonly slug: string;
  readonly isOwner: boolean;
  readonly now: number;
};

/** A claim that stands: its way, its record while that matters, and what can be done. */
export function ClaimCard({ claim, slug, isOwner, now }: ClaimCardProps) {
  const at = `/organizations/${slug}/domains?claim=${claim.id}`;
  return (
    <Card
      id={`claim-${claim.id}`}
      title={<span className="break-all">{claim.domain}</span>}
      description={claim.includesSubdomains ? 'With its subdomains' : undefined}
      aside={<ClaimBadge claim={claim} />}
      footer={
        isOwner ? (
          <div className="flex flex-wrap gap-2">
            <LinkButton href={`${at}&act=subdomains`} size="small">
              Subdomains
            </LinkButton>
            <LinkButton href={`${at}&act=revoke`} size="small">
              Revoke
            </LinkButton>
          </div>
        ) : undefined
      }
    >
      <div className="flex flex-col gap-5">
        <ClaimPath claim={claim} />
        <ClaimBody claim={claim} slug={slug} isOwner={isOwner} now={now} />
      </div>
    </Card>
  );
}

function ClaimBody(props: ClaimCardProps) {
  const { claim, slug, now } = props;
  switch (claim.state) {
    case 'pending':
      return claim.tokenExpired ? <ExpiredBody {...props} /> : <PendingBody {...props} />;
    case 'awaiting_approval':
      return (
        <p>The record was found. An operator has to approve the claim; you are mailed when that is done.</p>
      );
    case 'at_risk':
      return <AtRiskBody {...props} />;
    default:
      return (
        <KeyValues
          items={[
            ...(claim.verifiedAt === null
              ? []
              : [{ label: 'Verified', value: <Moment at={claim.verifiedAt} now={now} /> }]),
            { label: 'Last checked', value: <LastCheck claim={claim} now={now} /> },
            {
              label: 'Policy',
              value: (
                <>
                  {claim.policyActive ? 'Active. ' : 'Inactive until you activate it. '}
                  <TextLink href={`/organizations/${slug}/policies`}>See the policy</TextLink>
                </>
              ),
            },
          ]}
        />
      );
  }
}

function LastCheck({ claim, now }: Pick<ClaimCardProps, 'claim' | 'now'>) {
  if (claim.lastCheckedAt === null) return <>Not yet</>;
  return (
    <>
      <Moment at={claim.lastCheckedAt} now={now} />
      {claim.lastSighting !== null && claim.lastSighting !== 'proven' && (
        <span className="block text-muted">{sightingText(claim.lastSighting, claim.domain)}</span>
      )}
    </>
  );
}

function PendingBody({ claim, slug, isOwner, now }: ClaimCardProps) {
  return (
    <>
      <p className="max-w-prose">
        Add this record at the DNS host of {claim.domain}. It shows that the domain is yours. Leave it there:
        it is checked every day.
      </p>
      <RecordTable record={claimRecord(claim.domain, claim.token)} />
      <p className="text-muted text-xs">
        The value is good until <Moment at={claim.tokenExpiresAt} now={now} />.
      </p>
      {isOwner ? (
        <>
          <CheckNowForm slug={slug} claimId={claim.id} domain={claim.domain}>
            <LastLook claim={claim} now={now} />
          </CheckNowForm>
          <ClaimPoller slug={slug} claimId={claim.id} />
        </>
      ) : (
        <>
          <LastLook claim={claim} now={now} />
          <p className="text-muted">An owner can check the record and finish the claim.</p>
        </>
      )}
    </>
  );
}

function LastLook({ claim, now }: Pick<ClaimCardProps, 'claim' | 'now'>) {
  if (claim.lastSighting === null || claim.lastCheckedAt === null) return null;
  return (
    <Callout tone="warn" title={sightingText(claim.lastSighting, claim.domain)}>
      <p>
        Looked <Moment at={claim.lastCheckedAt} now={now} />.
      </p>
    </Callout>
  );
}

function ExpiredBody({ claim, slug, isOwner }: ClaimCardProps) {
  return (
    <>
      <p className="max-w-prose">
        The record was not found within seven days, so its value is not good any more. Get a new one and put
        it into the record.
      </p>
      {isOwner && <RenewForm slug={slug} claimId={claim.id} domain={claim.domain} />}
    </>
  );
}

function AtRiskBody({ claim, slug, isOwner, now }: ClaimCardProps) {
  return (
    <>
      <Callout tone="warn" title="The record is gone">
        <p>
          The policy still holds. Put the record back, or the claim lapses{' '}
          {claim.lapsesAt !== null && <Moment at={claim.lapsesAt} now={now} />}.
        </p>
      </Callout>
      <RecordTable record={claimRecord(claim.domain, claim.token)} />
      <KeyValues items={[{ label: 'Last checked', value: <LastCheck claim={claim} now={now} /> }]} />
      {isOwner && <CheckNowForm slug={slug} claimId={claim.id} domain={claim.domain} />}
    </>
  );
}
