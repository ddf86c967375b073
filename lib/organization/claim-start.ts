import 'server-only';
import { randomBytes } from 'node:crypto';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { accounts, domainClaims } from '@/drizzle/schema';
import { organizationChain, recordAudit } from '@/lib/io/audit';
import { database, type Executor, type Transaction, transaction } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { claimTokenLife } from '@/lib/policy/domain-claim';
import { fail, ok, type Result } from '@/lib/policy/result';
import { mayDo } from '@/lib/policy/roles';
import { minutes } from '@/lib/policy/time';
import { auditActor, type MemberActor } from './actor';
import { tellDomain, tellOffice } from './claim-notices';
import { isInForce, lockClaim, openStates } from './claim-rows';
import { type ClaimableFault, checkClaimable } from './claimable-domain';
import { lockOrganization } from './membership-lock';

/** Hexadecimal, so that a DNS host which changes the case of a value does no harm. */
const newClaimToken = () => randomBytes(20).toString('hex');
const tokenExpiry = sql`clock_timestamp() + make_interval(secs => ${claimTokenLife / 1000})`;
/** Claims that nobody watches are looked at this often, so that a slow DNS host needs no open page. */
export const pendingCheckInterval = minutes(15);
const firstCheck = sql`clock_timestamp() + make_interval(secs => ${pendingCheckInterval / 1000})`;

export type FirstDomain = { readonly domain: string; readonly proven: boolean };

/** The domain that an organization's first claim must be of: its asker's own. Null once it has a claim that stands. */
export async function firstDomain(
  executor: Executor,
  actor: Pick<MemberActor, 'accountId' | 'organizationId'>,
): Promise<FirstDomain | null> {
  const [standing] = await executor
    .select({ id: domainClaims.id })
    .from(domainClaims)
    .where(
      and(
        eq(domainClaims.organizationId, actor.organizationId),
        inArray(domainClaims.state, [...openStates]),
      ),
    )
    .limit(1);
  if (standing) return null;
  const [own] = await executor
    .select({ domain: accounts.loginDomain, provenAt: accounts.loginEmailProvenAt })
    .from(accounts)
    .where(eq(accounts.id, actor.accountId));
  return own ? { domain: own.domain, proven: own.provenAt !== null } : null;
}

/** The same for the screen, before anything is held. */
export const firstDomainOf = (actor: Pick<MemberActor, 'accountId' | 'organizationId'>) =>
  firstDomain(database(), actor);

export type StartFault =
  | ClaimableFault
  | { readonly code: 'not_allowed' | 'already_claimed' | 'email_unproven' }
  | { readonly code: 'first_is_own'; readonly domain: string };

async function wantedDomain(
  tx: Transaction,
  actor: MemberActor,
  typed: string,
): Promise<Result<string, StartFault>> {
  const domain = checkClaimable(typed);
  if (!domain.ok) return domain;
  const first = await firstDomain(tx, actor);
  if (first === null) return domain;
  if (first.domain !== domain.value) return fail({ code: 'first_is_own', domain: first.domain });
  return first.proven ? domain : fail({ code: 'email_unproven' });
}

/** Begins a claim: from now on the TXT record is awaited for seven days. */
export function startClaim(
  actor: MemberActor,
  wanted: { readonly domain: string; readonly includesSubdomains: boolean },
): Promise<Result<{ readonly id: string; readonly domain: string }, StartFault>> {
  return transaction(async (tx) => {
    const asker = await lockOrganization(tx, actor);
    if (!asker.ok) return asker;
    if (!mayDo(asker.value.role, 'manage_domains')) return fail({ code: 'not_allowed' });
    const domain = await wantedDomain(tx, actor, wanted.domain);
    if (!domain.ok) return domain;
    const id = newId();
    const [made] = await tx
      .insert(domainClaims)
      .values({
        id,
        organizationId: actor.organizationId,
        domain: domain.value,
        includesSubdomains: wanted.includesSubdomains,
        token: newClaimToken(),
        tokenExpiresAt: tokenExpiry,
        createdBy: actor.accountId,
        nextCheckAt: firstCheck,
      })
      .onConflictDoNothing()
      .returning({ id: domainClaims.id });
    if (!made) return fail({ code: 'already_claimed' });
    const claim = { id, organizationId: actor.organizationId, domain: domain.value };
    await tellOffice(tx, claim, 'submitted', {
      kind: 'claim_submitted',
      data: { organization: asker.value.organization, domain: domain.value },
    });
    await recordAudit(tx, {
      chain: organizationChain(actor.organizationId),
      event: 'claim.submitted',
      ...auditActor(actor),
      result: 'success',
      target: { kind: 'domain', id: domain.value },
      after: { state: 'pending', includesSubdomains: wanted.includesSubdomains },
    });
    return ok({ id, domain: domain.value });
  });
}

type Fault = { readonly code: 'not_allowed' | 'unknown_claim' };

/** The asker's own open claim, held, or why not. */
async function lockOwn(tx: Transaction, actor: MemberActor, claimId: string) {
  const asker = await lockOrganization(tx, actor);
  if (!asker.ok) return asker;
  if (!mayDo(asker.value.role, 'manage_domains')) return fail({ code: 'not_allowed' } as const);
  const claim = await lockClaim(tx, claimId);
  return claim?.organizationId === actor.organizationId
    ? ok(claim)
    : fail({ code: 'unknown_claim' } as const);
}

/** A new value for a pending claim, seven days again; finding the old one is told as such. */
export function renewToken(actor: MemberActor, claimId: string): Promise<Result<true, Fault>> {
  return transaction(async (tx) => {
    const claim = await lockOwn(tx, actor, claimId);
    if (!claim.ok) return claim;
    if (claim.value.state !== 'pending') return fail({ code: 'unknown_claim' });
    await tx
      .update(domainClaims)
      .set({
        token: newClaimToken(),
        previousToken: claim.value.token,
        tokenExpiresAt: tokenExpiry,
        nextCheckAt: firstCheck,
        lastCheckResult: null,
      })
      .where(eq(domainClaims.id, claimId));
    await recordAudit(tx, {
      chain: organizationChain(actor.organizationId),
      event: 'claim.value_renewed',
      ...auditActor(actor),
      result: 'success',
      target: { kind: 'domain', id: claim.value.domain },
    });
    return ok(true);
  });
}

/** Whether the claim reaches the domains below its own, whose people are then told; a more specific claim wins over it. */
export function setIncludesSubdomains(
  actor: MemberActor,
  wanted: { readonly claimId: string; readonly includesSubdomains: boolean },
): Promise<Result<true, Fault>> {
  return transaction(async (tx) => {
    const claim = await lockOwn(tx, actor, wanted.claimId);
    if (!claim.ok) return claim;
    const { includesSubdomains } = wanted;
    if (claim.value.includesSubdomains === includesSubdomains) return ok(true);
    await tx.update(domainClaims).set({ includesSubdomains }).where(eq(domainClaims.id, wanted.claimId));
    if (includesSubdomains && isInForce(claim.value))
      await tellDomain(tx, { ...claim.value, includesSubdomains });
    await recordAudit(tx, {
      chain: organizationChain(actor.organizationId),
      event: 'claim.subdomains_changed',
      ...auditActor(actor),
      result: 'success',
      target: { kind: 'domain', id: claim.value.domain },
      before: { includesSubdomains: !includesSubdomains },
      after: { includesSubdomains },
    });
    return ok(true);
  });
}
