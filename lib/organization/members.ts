import 'server-only';
import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import { accounts, memberships } from '@/drizzle/schema';
import { database } from '@/lib/io/db';
import type { Role } from '@/lib/policy/roles';
import type { Instant } from '@/lib/policy/time';
import { strongestFactor } from '@/lib/session/factor-standing';
import { isManaged } from './managed-accounts';

/** A line of the members list; no column of it opens anything. */
export type MemberRow = {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly loginEmail: string;
  readonly role: Role;
  readonly managed: boolean;
  readonly joinedAt: Instant;
  readonly suspendedAt: Instant | null;
  readonly lastActiveAt: Instant | null;
  /** 0 none, 1 email code, 2 text message, 3 authentication app, 4 passkey. */
  readonly strongestFactor: number;
  readonly contactEmailProven: boolean;
  readonly lockedUntil: Instant | null;
  readonly passwordChangeReason: string | null;
  /** Closed to this member until an admin here lets them in again. */
  readonly reproofRequiredAt: Instant | null;
};

const instantOf = (value: SQL) => sql<Instant | null>`epoch_ms(${value})`.mapWith(Number);

const columns = {
  id: memberships.id,
  accountId: accounts.id,
  name: accounts.name,
  loginEmail: accounts.loginEmail,
  role: memberships.role,
  managed: isManaged,
  joinedAt: memberships.createdAt,
  suspendedAt: memberships.suspendedAt,
  lastActiveAt: instantOf(
    sql`(select max(s.last_active_at) from sessions s where s.account_id = ${accounts.id})`,
  ),
  strongestFactor,
  reproofRequiredAt: memberships.reproofRequiredAt,
  contactEmailProven: sql<boolean>`${accounts.contactEmailProvenAt} is not null`,
  lockedUntil: instantOf(
    sql`(select max(p.locked_until) from failure_pools p where p.account_id = ${accounts.id} and p.kind = 'password' and p.locked_until > clock_timestamp())`,
  ),
  passwordChangeReason: sql<
    string | null
  >`(select w.change_required_reason from passwords w where w.account_id = ${accounts.id} and w.retired_at is null)`,
};

/** Where a page of members begins: behind this name and id. */
export type MemberCursor = { readonly name: string; readonly id: string };
export type MemberQuery = {
  readonly search?: string;
  readonly role?: Role;
  readonly suspended?: boolean;
  readonly after?: MemberCursor;
  readonly limit?: number;
};
export type MemberPage = {
  readonly rows: readonly MemberRow[];
  readonly next: MemberCursor | null;
  readonly total: number;
};

const sortName = sql`lower(${accounts.name})`;

/** What was typed, found literally anywhere in name or email. */
function matches(search: string): SQL {
  const pattern = `%${search
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/gu, '\\$&')}%`;
  return sql`(lower(${accounts.name}) like ${pattern} or ${accounts.loginEmail} like ${pattern})`;
}

function filterOf(organizationId: string, query: MemberQuery): SQL | undefined {
  return and(
    eq(memberships.organizationId, organizationId),
    query.search?.trim() ? matches(query.search) : undefined,
    query.role ? eq(memberships.role, query.role) : undefined,
    query.suspended ? sql`${memberships.suspendedAt} is not null` : undefined,
  );
}

/** One page of an organization's members by name, with how many there are under these filters. */
export async function listMembers(organizationId: string, query: MemberQuery = {}): Promise<MemberPage> {
  const limit = query.limit ?? 50;
  const filter = filterOf(organizationId, query);
  const { after } = query;
  const found = await database()
    .select(columns)
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        filter,
        after ? sql`(${sortName}, ${memberships.id}) > (${after.name}, ${after.id}::uuid)` : undefined,
      ),
    )
    .orderBy(sortName, asc(memberships.id))
    .limit(limit + 1);
  const rows = found.slice(0, limit).map(described);
  const last = found.length > limit ? rows.at(-1) : undefined;
  const [counted] = await database()
    .select({ total: sql<number>`count(*)`.mapWith(Number) })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(filter);
  return {
    rows,
    next: last ? { name: last.name.toLowerCase(), id: last.id } : null,
    total: counted?.total ?? 0,
  };
}

// An aggregate over no rows is null, which `Number` would turn into the year 1970.
const described = (row: MemberRow): MemberRow => ({
  ...row,
  lastActiveAt: row.lastActiveAt || null,
  lockedUntil: row.lockedUntil || null,
});

/** One member of the organization; null for an id of another, as for an unknown one. */
export async function findMemberRow(organizationId: string, memberId: string): Promise<MemberRow | null> {
  const [row] = await database()
    .select(columns)
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(eq(memberships.organizationId, organizationId), eq(memberships.id, memberId)));
  return row ? described(row) : null;
}

export type MemberCounts = Readonly<Record<Role | 'all' | 'suspended', number>>;

/** How many members of each kind there are, for the filters. */
export async function countMembers(organizationId: string): Promise<MemberCounts> {
  const rows = await database()
    .select({
      role: memberships.role,
      count: sql<number>`count(*)`.mapWith(Number),
      suspended: sql<number>`count(${memberships.suspendedAt})`.mapWith(Number),
    })
    .from(memberships)
    .where(eq(memberships.organizationId, organizationId))
    .groupBy(memberships.role);
  const of = (role: Role) => rows.find((row) => row.role === role)?.count ?? 0;
  const sum = (pick: (row: (typeof rows)[number]) => number) => rows.reduce((all, row) => all + pick(row), 0);
  return {
    owner: of('owner'),
    admin: of('admin'),
    member: of('member'),
    guest: of('guest'),
    all: sum((row) => row.count),
    suspended: sum((row) => row.suspended),
  };
}
