import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { accounts } from '@/drizzle/schema';
import { type Database, database, type Executor } from '@/lib/io/db';
import { Outage } from '@/lib/io/outage';
import { processWide } from '@/lib/io/process-wide';
import { type EffectivePolicy, effectivePolicy } from '@/lib/policy/effective';
import type { PolicyLayer, Tightening } from '@/lib/policy/layer';
import type { Policy } from '@/lib/policy/policy';
import { policySchema } from '@/lib/policy/policy-schema';
import type { Instant } from '@/lib/policy/time';
import { type DomainLayerRow, type Joining, type LayerRows, layersOf, layersOfNewcomer } from './layers';
import { programmeLayers } from './programme-layers';

const remembered = 500;

/** A version's body never changes, so parsing it once a process is enough; a body that does not parse throws and so fails closed. */
function parsedBody(versionId: string, body: unknown): Policy {
  const known = processWide('policy-bodies', () => new Map<string, Policy>());
  const earlier = known.get(versionId);
  if (earlier) return earlier;
  const policy = policySchema.parse(body);
  if (known.size >= remembered) known.clear();
  known.set(versionId, policy);
  return policy;
}

function tighteningOf(row: DomainLayerRow): Tightening {
  if (row.tightening === 'by_date' && row.tighteningBy !== null)
    return { applies: 'by_date', date: row.tighteningBy };
  return { applies: row.tightening === 'next_change' ? 'next_change' : 'next_sign_in' };
}

/** The layer of a domain policy in force, or null while the claim stands without an active policy. */
export function domainLayerOf(row: DomainLayerRow | null): PolicyLayer | null {
  if (row === null || row.policyId === null) return null;
  if (row.versionId === null || row.number === null || row.since === null)
    throw new Error(`policy ${row.policyId} is active without a version in force`);
  return {
    kind: 'domain',
    id: row.policyId,
    name: row.domain,
    version: row.number,
    author: row.author,
    since: row.since,
    values: parsedBody(row.versionId, row.body),
    tightening: tighteningOf(row),
    expirationEnabledAt: row.expirationEnabledAt,
    expirationSpreadDays: row.expirationSpreadDays ?? 0,
    secondFactorEnabledAt: row.secondFactorActivatedAt,
    secondFactorRaised:
      row.secondFactorRaisedAt === null || row.secondFactorRaisedFrom === null
        ? null
        : { at: row.secondFactorRaisedAt, from: row.secondFactorRaisedFrom },
  };
}

/** What an account is judged by besides its layers. */
export type BoundAccount = { readonly createdAt: Instant };

/**
 * The one way from rows to the policy in force for an account at an instant. Where it cannot decide that is an outage, which
 * is answered with "try again" and grants nothing: it never means "no policy".
 */
export function policyOf(rows: LayerRows, account: BoundAccount, now: Instant): EffectivePolicy {
  try {
    const domain = domainLayerOf(rows.domain);
    const programme = programmeLayers(rows, account, now);
    return effectivePolicy(domain === null ? programme : [...programme, domain]);
  } catch (error) {
    throw new Outage('the policy in force cannot be told', { cause: error });
  }
}

const prepare = (db: Database) =>
  db
    .select({
      createdAt: accounts.createdAt,
      now: sql<number>`epoch_ms(clock_timestamp())`.mapWith(Number),
      layers: layersOf({ id: sql`accounts.id`, loginDomain: sql`accounts.login_domain` }),
    })
    .from(accounts)
    .where(eq(accounts.id, sql.placeholder('accountId')))
    .prepare('policy_by_account');

const statement = () => processWide('policy-by-account', () => prepare(database()));

/** Loads and merges the policy in force for one account, with one prepared statement. Throws when the account does not exist. */
export async function policyFor(accountId: string): Promise<EffectivePolicy> {
  const [row] = await statement().execute({ accountId });
  if (!row) throw new Error(`no account ${accountId} to find a policy for`);
  return policyOf(row.layers, row, row.now);
}

/** The policy that will bind an account of this login domain which does not exist yet: a sign-up, an invitation. */
export async function policyForNewAccount(
  executor: Executor,
  loginDomain: string,
  joining: Joining | null = null,
): Promise<EffectivePolicy> {
  const [row] = await executor.execute<{ layers: LayerRows; now: string }>(
    sql`select ${layersOfNewcomer(sql`${loginDomain}::text`, joining)} as layers, epoch_ms(now())::text as now`,
  );
  if (!row) throw new Error('no layers were returned');
  return policyOf(row.layers, { createdAt: Number(row.now) }, Number(row.now));
}
