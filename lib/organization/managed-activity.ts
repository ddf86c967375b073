import 'server-only';
import { and, desc, eq, or, sql } from 'drizzle-orm';
import { accounts, auditEvents, auditPersonalData, domainClaims, memberships } from '@/drizzle/schema';
import { database } from '@/lib/io/db';
import type { Instant } from '@/lib/policy/time';
import { clientName } from '@/lib/session/session-list';
import { domainHolder } from './managed-accounts';

/** What happened with an account that the organization manages. */
export type ManagedActivity = {
  readonly id: string;
  readonly at: Instant;
  readonly event: string;
  readonly result: 'success' | 'refused' | 'failed';
  readonly person: string;
  readonly loginEmail: string;
  readonly detail: string | null;
  readonly reason: string | null;
  readonly address: string | null;
  readonly client: string | null;
};

/** Where a page begins: behind this moment and row. */
export type ActivityCursor = { readonly at: Instant; readonly id: string };
export type ManagedActivityPage = {
  readonly rows: readonly ManagedActivity[];
  readonly next: ActivityCursor | null;
};

const personal = (name: 'address' | 'userAgent') => sql<string | null>`${auditPersonalData.data} ->> ${name}`;

const columns = {
  id: auditEvents.id,
  at: auditEvents.at,
  event: auditEvents.event,
  result: sql<ManagedActivity['result']>`${auditEvents.result}`,
  person: accounts.name,
  loginEmail: accounts.loginEmail,
  detail: sql<string | null>`coalesce(${auditEvents.after} ->> 'method',
    case when ${auditEvents.targetKind} in ('email', 'sms', 'totp', 'passkey') then ${auditEvents.targetKind} end)`,
  reason: auditEvents.reason,
  address: personal('address'),
  userAgent: personal('userAgent'),
};

/** Managed since then: what happened before the domain was proven or the invitation taken is not the organization's to read. */
const isReadable = (organizationId: string) => {
  const byInvitation = sql`exists (select 1 from ${memberships} m
    where m.organization_id = ${organizationId} and m.account_id = ${accounts.id} and m.created_account_at is not null
      and m.created_account_at <= ${auditEvents.at})`;
  const byDomain = and(
    sql`${domainHolder} = ${organizationId}`,
    sql`exists (select 1 from ${domainClaims} c
      where c.organization_id = ${organizationId} and c.state in ('verified', 'at_risk')
        and c.domain = any(domain_suffixes(${accounts.loginDomain})) and c.verified_at <= ${auditEvents.at})`,
  );
  return and(sql`${accounts.loginEmailProvenAt} is not null`, or(byInvitation, byDomain));
};

/** Account events of the accounts an organization manages, newest first (spec 4.6); other members' stay their own. */
export async function listManagedActivity(
  organizationId: string,
  { after, search, limit = 50 }: { after?: ActivityCursor; search?: string; limit?: number } = {},
): Promise<ManagedActivityPage> {
  const pattern = search?.trim()
    ? `%${search
        .trim()
        .toLowerCase()
        .replace(/[\\%_]/gu, '\\$&')}%`
    : null;
  const found = await database()
    .select(columns)
    .from(auditEvents)
    .innerJoin(accounts, eq(accounts.id, auditEvents.accountId))
    .leftJoin(auditPersonalData, eq(auditPersonalData.eventId, auditEvents.id))
    .where(
      and(
        sql`${auditEvents.chain} = 'account:' || ${accounts.id}`,
        isReadable(organizationId),
        after &&
          sql`(${auditEvents.at}, ${auditEvents.id}) < (${new Date(after.at).toISOString()}::timestamptz, ${after.id}::uuid)`,
        pattern === null
          ? undefined
          : sql`(lower(${accounts.name}) like ${pattern} or ${accounts.loginEmail} like ${pattern} or ${auditEvents.event} like ${pattern})`,
      ),
    )
    .orderBy(desc(auditEvents.at), desc(auditEvents.id))
    .limit(limit + 1);
  const rows = found.slice(0, limit).map(({ userAgent, ...row }) => ({
    ...row,
    client: userAgent === null ? null : clientName(userAgent),
  }));
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last ? { at: last.at, id: last.id } : null };
}
