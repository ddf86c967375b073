import 'server-only';
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { domainClaims, domainPolicies } from '@/drizzle/schema';
import { database, type Transaction } from '@/lib/io/db';
import { lapsesAt, type Sighting, sightings } from '@/lib/policy/domain-claim';
import type { Instant } from '@/lib/policy/time';

export type ClaimState = (typeof domainClaims.$inferSelect)['state'];
export const openStates = ['pending', 'awaiting_approval', 'verified', 'at_risk'] as const;
export const statesInForce = ['verified', 'at_risk'] as const;

/** A claim as its organization sees it. The token is no secret there: it is what the record must say. */
export type ClaimView = {
  readonly id: string;
  readonly domain: string;
  readonly includesSubdomains: boolean;
  readonly state: NonNullable<ClaimState>;
  readonly token: string;
  readonly tokenExpiresAt: Instant;
  readonly tokenExpired: boolean;
  readonly createdAt: Instant;
  readonly verifiedAt: Instant | null;
  readonly lastCheckedAt: Instant | null;
  readonly lastSighting: Sighting | null;
  readonly lapsesAt: Instant | null;
  readonly rejectedReason: string | null;
  readonly endedAt: Instant | null;
  readonly policyActive: boolean;
};

const columns = {
  id: domainClaims.id,
  domain: domainClaims.domain,
  includesSubdomains: domainClaims.includesSubdomains,
  state: domainClaims.state,
  token: domainClaims.token,
  tokenExpiresAt: domainClaims.tokenExpiresAt,
  tokenExpired: sql<boolean>`${domainClaims.tokenExpiresAt} <= clock_timestamp()`,
  createdAt: domainClaims.createdAt,
  verifiedAt: domainClaims.verifiedAt,
  lastCheckedAt: domainClaims.lastCheckedAt,
  lastCheckResult: domainClaims.lastCheckResult,
  atRiskSince: domainClaims.atRiskSince,
  rejectedReason: domainClaims.rejectedReason,
  endedAt: domainClaims.endedAt,
  policyActive: sql<boolean>`exists (select 1 from ${domainPolicies} p where p.organization_id = domain_claims.organization_id
    and p.domain = domain_claims.domain and p.activated_at <= clock_timestamp() and (p.deactivated_at is null or p.deactivated_at > clock_timestamp()))`,
};

type Row = Pick<
  typeof domainClaims.$inferSelect,
  Exclude<keyof typeof columns, 'tokenExpired' | 'policyActive'>
> & { readonly tokenExpired: boolean; readonly policyActive: boolean };

const sightingOf = (text: string | null): Sighting | null =>
  sightings.find((sighting) => sighting === text) ?? null;

function viewOf({ atRiskSince, lastCheckResult, ...row }: Row): ClaimView {
  return {
    ...row,
    lastSighting: sightingOf(lastCheckResult),
    lapsesAt: row.state === 'at_risk' && atRiskSince !== null ? lapsesAt(atRiskSince) : null,
  };
}

/** The claims of one organization: those that stand first, then the latest ended ones. */
export async function listClaims(organizationId: string): Promise<readonly ClaimView[]> {
  const rows = await database()
    .select(columns)
    .from(domainClaims)
    .where(eq(domainClaims.organizationId, organizationId))
    .orderBy(sql`${domainClaims.endedAt} is not null`, desc(domainClaims.createdAt))
    .limit(50);
  return rows.map(viewOf);
}

/** One claim of this organization; null for another's id, as for an unknown one. */
export async function findClaim(organizationId: string, claimId: string): Promise<ClaimView | null> {
  const [row] = await database()
    .select(columns)
    .from(domainClaims)
    .where(and(eq(domainClaims.organizationId, organizationId), eq(domainClaims.id, claimId)));
  return row ? viewOf(row) : null;
}

export type ClaimAtRisk = { readonly domain: string; readonly lapsesAt: Instant };

/** What every screen of the organization warns of. */
export async function claimsAtRisk(organizationId: string): Promise<readonly ClaimAtRisk[]> {
  const rows = await database()
    .select({ domain: domainClaims.domain, since: domainClaims.atRiskSince })
    .from(domainClaims)
    .where(and(eq(domainClaims.organizationId, organizationId), eq(domainClaims.state, 'at_risk')));
  return rows.flatMap(({ domain, since }) => (since === null ? [] : [{ domain, lapsesAt: lapsesAt(since) }]));
}

const lockedColumns = {
  id: domainClaims.id,
  organizationId: domainClaims.organizationId,
  domain: domainClaims.domain,
  includesSubdomains: domainClaims.includesSubdomains,
  state: domainClaims.state,
  token: domainClaims.token,
  previousToken: domainClaims.previousToken,
  tokenExpired: columns.tokenExpired,
  absentAnswers: domainClaims.absentAnswers,
  atRiskSince: domainClaims.atRiskSince,
  remindersSent: domainClaims.remindersSent,
  now: sql<Instant>`epoch_ms(clock_timestamp())`.mapWith(Number),
};

/** One open claim, held until the transaction ends. */
export async function lockClaim(tx: Transaction, claimId: string) {
  const [row] = await tx
    .select(lockedColumns)
    .from(domainClaims)
    .where(and(eq(domainClaims.id, claimId), inArray(domainClaims.state, [...openStates])))
    .for('update');
  return row ?? null;
}

export type LockedClaim = NonNullable<Awaited<ReturnType<typeof lockClaim>>>;

/** Whether a claim binds anybody. */
export const isInForce = ({ state }: Pick<LockedClaim, 'state'>): boolean =>
  state === 'verified' || state === 'at_risk';
