import 'server-only';
import { and, desc, eq, lt, sql } from 'drizzle-orm';
import { accounts, auditEvents, auditPersonalData } from '@/drizzle/schema';
import { accountChain } from '@/lib/io/audit';
import { database } from '@/lib/io/db';
import type { Instant } from '@/lib/policy/time';
import { clientName } from '@/lib/session/session-list';

/** One row of a person's own chain, as the person may read it. */
export type Activity = {
  readonly id: string;
  readonly sequence: number;
  readonly at: Instant;
  readonly event: string;
  readonly result: 'success' | 'refused' | 'failed';
  /** Somebody else who did it to this account; null for the person, the system and whoever was not signed in. */
  readonly by: string | null;
  /** A method, a kind of client: a word the event's text may need. */
  readonly detail: string | null;
  readonly reason: string | null;
  readonly address: string | null;
  /** "Firefox on Windows". */
  readonly client: string | null;
};

export type ActivityPage = { readonly items: readonly Activity[]; readonly next: number | null };

const pageSize = 30;
const personal = (name: 'address' | 'userAgent') => sql<string | null>`${auditPersonalData.data} ->> ${name}`;

const columns = {
  id: auditEvents.id,
  sequence: auditEvents.sequence,
  at: auditEvents.at,
  event: auditEvents.event,
  result: sql<Activity['result']>`${auditEvents.result}`,
  actorId: auditEvents.actorId,
  actorName: accounts.name,
  detail: sql<string | null>`coalesce(${auditEvents.after} ->> 'method',
    case when ${auditEvents.targetKind} in ('email', 'sms', 'totp', 'passkey') then ${auditEvents.targetKind} end)`,
  reason: auditEvents.reason,
  address: personal('address'),
  userAgent: personal('userAgent'),
};

/** A page of what happened with an account, newest first: rows of its own chain before a sequence number. */
export async function listActivity(accountId: string, before: number | null): Promise<ActivityPage> {
  const rows = await database()
    .select(columns)
    .from(auditEvents)
    .leftJoin(auditPersonalData, eq(auditPersonalData.eventId, auditEvents.id))
    .leftJoin(accounts, eq(accounts.id, auditEvents.actorId))
    .where(
      and(
        eq(auditEvents.chain, accountChain(accountId)),
        before === null ? undefined : lt(auditEvents.sequence, before),
      ),
    )
    .orderBy(desc(auditEvents.sequence))
    .limit(pageSize + 1);
  const items = rows.slice(0, pageSize).map(({ actorId, actorName, userAgent, ...row }) => ({
    ...row,
    by: actorId === null || actorId === accountId ? null : actorName,
    client: userAgent === null ? null : clientName(userAgent),
  }));
  return { items, next: rows.length > pageSize ? (items.at(-1)?.sequence ?? null) : null };
}
