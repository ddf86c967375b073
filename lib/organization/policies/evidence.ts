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
import { courseWithin, fateOf } from '@/lib/policy/version';
import { strongestFactor } from '@/lib/session/factor-standing';
import { auditActor, type MemberActor } from '../actor';
import { reaches } from './reach';
import { activeTimes, type PolicyRecord } from './records';
import type { PolicyScreen } from './screen';

/** The days a report is about. */
export type EvidenceRange = { readonly from: Instant; readonly to: Instant };

const iso = (at: Instant | null) => (at === null ? null : new Date(at).toISOString());

/** The people whom the policy binds, as they stand when the report is made; nobody once the claim has ended. */
function peopleOf(policy: PolicyRecord) {
  if (!policy.isClaimed) return [];
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
    .where(and(reaches(policy, sql`accounts.login_domain`), isNull(accounts.closedAt)))
    .orderBy(asc(accounts.loginEmail));
}

type Span = { readonly from: Instant; readonly to: Instant };

const spans = (all: readonly Span[]) => all.map(({ from, to }) => ({ from: iso(from), to: iso(to) }));

/** Versions that counted within the range, when they did, and those that were made within it and never did. */
function versionsWithin({ versions, now }: PolicyScreen, { from, to }: EvidenceRange) {
  const course = courseWithin(versions, from, to);
  return versions.flatMap((version) => {
    const counted = course.filter((part) => part.version.id === version.id);
    const isMadeThen = version.createdAt >= from && version.createdAt < to;
    if (counted.length === 0 && !isMadeThen) return [];
    const { number, author, createdAt, effectiveFrom, body } = version;
    const dates = { createdAt: iso(createdAt), effectiveFrom: iso(effectiveFrom) };
    return [{ number, author, ...dates, state: fateOf(version, now), counted: spans(counted), body }];
  });
}

/** When the policy bound people within the range. */
function activeWithin({ policy, now }: PolicyScreen, { from, to }: EvidenceRange): readonly Span[] {
  return activeTimes(policy)
    .map(({ since, until }) => ({ from: Math.max(since, from), to: Math.min(until ?? now, to) }))
    .filter((span) => span.from < span.to);
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
  const { domain } = screen.policy;
  const [people, chain] = [
    await peopleOf(screen.policy),
    await verifyChain(database(), organizationChain(actor.organizationId)),
  ];
  const report = storable({
    kind: 'gatehouse-evidence',
    domain,
    from: iso(range.from),
    to: iso(range.to),
    madeAt: iso(screen.now),
    active: spans(activeWithin(screen, range)),
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
