import 'server-only';
import { and, asc, isNull, sql } from 'drizzle-orm';
import { accounts } from '@/drizzle/schema';
import { organizationChain, recordAudit } from '@/lib/io/audit';
import { verifyChain } from '@/lib/io/audit-verification';
import { canonicalJson, storable } from '@/lib/io/canonical-json';
import { database, transaction } from '@/lib/io/db';
import { keyedHash, keyedHashes } from '@/lib/io/keys';
import { isSame } from '@/lib/io/token';
import type { Instant } from '@/lib/policy/time';
import { strongestFactor } from '@/lib/session/factor-standing';
import { auditActor, type MemberActor } from '../actor';
import type { PolicyScreen } from './screen';

/** The days a report is about. */
export type EvidenceRange = { readonly from: Instant; readonly to: Instant };

const iso = (at: Instant | null) => (at === null ? null : new Date(at).toISOString());

/** The people of a domain as they stand when the report is made. */
function peopleOf(domain: string) {
  return database()
    .select({
      loginEmail: accounts.loginEmail,
      factorStrength: strongestFactor,
      contactEmailProven: sql<boolean>`${accounts.contactEmailProvenAt} is not null`,
      passwordSetAt: sql<Instant | null>`(select epoch_ms(p.set_at)::float8 from passwords p
        where p.account_id = "accounts"."id" and p.retired_at is null)`,
      passwordChangeDue: sql<string | null>`(select p.change_required_reason from passwords p
        where p.account_id = "accounts"."id" and p.retired_at is null)`,
      suspended: sql<boolean>`${accounts.suspendedAt} is not null`,
    })
    .from(accounts)
    .where(and(sql`${domain} = any(domain_suffixes(${accounts.loginDomain}))`, isNull(accounts.closedAt)))
    .orderBy(asc(accounts.loginEmail));
}

/** Versions that applied or were made within the range. */
function versionsWithin({ versions }: PolicyScreen, { from, to }: EvidenceRange) {
  return versions
    .filter((version, at) => {
      const next = versions[at + 1];
      return version.effectiveFrom <= to && (next === undefined || next.effectiveFrom >= from);
    })
    .map(({ number, author, createdAt, effectiveFrom, body }) => ({
      number,
      author,
      createdAt: iso(createdAt),
      effectiveFrom: iso(effectiveFrom),
      body,
    }));
}

const sign = (report: unknown): string => keyedHash('evidence', canonicalJson(storable(report)));

/**
 * What held and who stood where, for an auditor: versions within the range, people now, and the head of the organization's
 * audit chain, signed with a key of this installation. Making one is itself audited.
 */
export async function makeEvidence(
  actor: MemberActor,
  screen: PolicyScreen,
  range: EvidenceRange,
): Promise<string> {
  const { domain, activatedAt, deactivatedAt } = screen.policy;
  const [people, chain] = [
    await peopleOf(domain),
    await verifyChain(database(), organizationChain(actor.organizationId)),
  ];
  const report = storable({
    kind: 'gatehouse-evidence',
    domain,
    from: iso(range.from),
    to: iso(range.to),
    madeAt: iso(screen.now),
    policy: { activatedAt: iso(activatedAt), deactivatedAt: iso(deactivatedAt) },
    versions: versionsWithin(screen, range),
    people: people.map(({ passwordSetAt, ...person }) => ({ ...person, passwordSetAt: iso(passwordSetAt) })),
    audit: chain.ok ? { isWhole: true, ...chain.value } : { isWhole: false, ...chain.error },
  });
  await transaction((tx) =>
    recordAudit(tx, {
      chain: organizationChain(actor.organizationId),
      event: 'policy.evidence_made',
      ...auditActor(actor),
      result: 'success',
      target: { kind: 'domain', id: domain },
      after: { from: iso(range.from), to: iso(range.to) },
    }),
  );
  return JSON.stringify({ report, signature: sign(report) }, null, 2);
}

/** Whether a report is one of ours and unaltered; text that is no report is not. */
export function isEvidence(text: string): boolean {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return false;
  }
  if (typeof parsed !== 'object' || parsed === null || !('report' in parsed) || !('signature' in parsed))
    return false;
  const { report, signature } = parsed;
  const content = canonicalJson(storable(report));
  return (
    typeof signature === 'string' && keyedHashes('evidence', content).some((hash) => isSame(hash, signature))
  );
}
