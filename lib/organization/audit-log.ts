import 'server-only';
import { and, desc, eq, inArray, lt, type SQL, sql } from 'drizzle-orm';
import { accounts, auditEvents, auditPersonalData } from '@/drizzle/schema';
import { organizationChain } from '@/lib/io/audit';
import type { BrokenRow } from '@/lib/io/audit-chain';
import { chainLines, verifyChain } from '@/lib/io/audit-verification';
import { database } from '@/lib/io/db';
import type { Result } from '@/lib/policy/result';
import type { Instant } from '@/lib/policy/time';

/** A row of an organization's audit log as people read it. */
export type AuditRow = {
  readonly sequence: number;
  readonly at: Instant;
  readonly event: string;
  /** Null for the system, and for an account that is gone. */
  readonly actor: string | null;
  readonly actorKind: string;
  /** The person, domain or thing it was done to. */
  readonly target: string | null;
  readonly result: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly reason: string | null;
  readonly address: string | null;
};

/** The subjects of events, before the dot: what the log can be narrowed to. */
export type AuditSubject = string;

export type AuditQuery = {
  readonly subjects?: readonly AuditSubject[];
  readonly search?: string;
  readonly before?: number;
  readonly limit?: number;
};

export type AuditPage = { readonly rows: readonly AuditRow[]; readonly next: number | null };

const subjectOf = sql<string>`split_part(${auditEvents.event}, '.', 1)`;
const personal = (name: string) => sql<string | null>`${auditPersonalData.data} ->> ${name}`;

function matches(search: string): SQL {
  const pattern = `%${search
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/gu, '\\$&')}%`;
  return sql`(lower(${auditEvents.event}) like ${pattern} or lower(coalesce(${accounts.name}, '')) like ${pattern}
    or lower(coalesce(${auditEvents.reason}, '')) like ${pattern} or lower(coalesce(${auditEvents.targetId}, '')) like ${pattern}
    or lower(coalesce(${auditPersonalData.data} ->> 'email', '')) like ${pattern}
    or lower(coalesce(${auditPersonalData.data} ->> 'name', '')) like ${pattern})`;
}

const columns = {
  sequence: auditEvents.sequence,
  at: auditEvents.at,
  event: auditEvents.event,
  actor: accounts.name,
  actorKind: auditEvents.actorKind,
  target: sql<
    string | null
  >`coalesce(${auditPersonalData.data} ->> 'name', ${auditPersonalData.data} ->> 'email',
    case when ${auditEvents.targetKind} = 'domain' then ${auditEvents.targetId} end)`,
  result: auditEvents.result,
  before: auditEvents.before,
  after: auditEvents.after,
  reason: auditEvents.reason,
  address: personal('address'),
};

/** One page of an organization's own chain, newest first, behind the row `before`. */
export async function listAudit(organizationId: string, query: AuditQuery = {}): Promise<AuditPage> {
  const limit = query.limit ?? 50;
  const found = await database()
    .select(columns)
    .from(auditEvents)
    .leftJoin(auditPersonalData, eq(auditPersonalData.eventId, auditEvents.id))
    .leftJoin(accounts, eq(accounts.id, auditEvents.actorId))
    .where(
      and(
        eq(auditEvents.chain, organizationChain(organizationId)),
        query.before === undefined ? undefined : lt(auditEvents.sequence, query.before),
        query.subjects === undefined || query.subjects.length === 0
          ? undefined
          : inArray(subjectOf, [...query.subjects]),
        query.search?.trim() ? matches(query.search) : undefined,
      ),
    )
    .orderBy(desc(auditEvents.sequence))
    .limit(limit + 1);
  const rows = found.slice(0, limit);
  return { rows, next: found.length > limit ? (rows.at(-1)?.sequence ?? null) : null };
}

/** What the log of an organization holds, by subject, for its filters. */
export async function countAudit(organizationId: string): Promise<ReadonlyMap<AuditSubject, number>> {
  const rows = await database()
    .select({ subject: subjectOf, count: sql<number>`count(*)`.mapWith(Number) })
    .from(auditEvents)
    .where(eq(auditEvents.chain, organizationChain(organizationId)))
    .groupBy(subjectOf)
    .orderBy(subjectOf);
  return new Map(rows.map(({ subject, count }) => [subject, count]));
}

export type AuditProof = Result<{ readonly rows: number; readonly head: string }, BrokenRow>;

/** Recomputes the organization's chain from its first row. */
export async function verifyOrganizationAudit(organizationId: string): Promise<AuditProof> {
  const verified = await verifyChain(database(), organizationChain(organizationId));
  if (!verified.ok) return verified;
  return { ok: true, value: { rows: verified.value.sequence, head: verified.value.hash } };
}

/** The chain as lines of JSON that verify by themselves. */
export async function* exportAudit(organizationId: string): AsyncGenerator<string> {
  for await (const line of chainLines(database(), organizationChain(organizationId)))
    yield `${JSON.stringify(line)}\n`;
}
