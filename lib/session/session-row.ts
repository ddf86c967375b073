import 'server-only';
import { and, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { accounts, sessions } from '@/drizzle/schema';
import { type Database, database, type Executor } from '@/lib/io/db';
import { processWide } from '@/lib/io/process-wide';
import { tokenHashes } from '@/lib/io/token';
import { factorRows } from './factor-standing';
import { layersOf } from './layers';
import type { PasswordState } from './password-duty';

const columns = {
  id: sessions.id,
  kind: sessions.kind,
  method: sessions.method,
  strength: sessions.strength,
  deviceId: sessions.deviceId,
  overallMinutesAtCreation: sessions.overallMinutesAtCreation,
  closeWithBrowser: sessions.closeWithBrowser,
  createdAt: sessions.createdAt,
  lastActiveAt: sessions.lastActiveAt,
  reauthenticatedAt: sessions.reauthenticatedAt,
  reauthenticationBeganAt: sessions.reauthenticationBeganAt,
  reauthenticationStrength: sessions.reauthenticationStrength,
  reauthenticationAddress: sessions.reauthenticationAddress,
  endedAt: sessions.endedAt,
  endedReason: sessions.endedReason,
  endedDetail: sessions.endedDetail,
  now: sql<number>`epoch_ms(clock_timestamp())`.mapWith(Number),
  accountId: accounts.id,
  accountName: accounts.name,
  loginEmail: accounts.loginEmail,
  loginDomain: accounts.loginDomain,
  loginEmailProvenAt: accounts.loginEmailProvenAt,
  contactEmail: accounts.contactEmail,
  contactEmailProvenAt: accounts.contactEmailProvenAt,
  accountCreatedAt: accounts.createdAt,
  suspendedAt: accounts.suspendedAt,
  closedAt: accounts.closedAt,
  operatorSince: accounts.operatorSince,
  secondFactorsResetAt: accounts.secondFactorsResetAt,
  emailCodeEnabledAt: accounts.emailCodeEnabledAt,
  password: sql<PasswordState | null>`(
    select jsonb_build_object('setAt', epoch_ms(p.set_at), 'temporaryUntil', epoch_ms(p.temporary_until),
      'changeRequiredAt', epoch_ms(p.change_required_at), 'changeRequiredReason', p.change_required_reason,
      'validatedUnder', p.validated_under)
    from passwords p where p.account_id = accounts.id and p.retired_at is null)`,
  defaultMethod: accounts.defaultMethod,
  passwordResetAt: accounts.passwordResetAt,
  frozenUntil: accounts.frozenUntil,
  factors: factorRows,
  unreadNotices:
    sql<number>`(select count(*) from notices where account_id = accounts.id and read_at is null)`.mapWith(
      Number,
    ),
  layers: layersOf({ id: sql`accounts.id`, loginDomain: sql`accounts.login_domain` }),
};

/** Running sessions behind an id, with all that judges them. */
export function runningSessionsAfter(
  executor: Executor,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<SessionRow[]> {
  return executor
    .select(columns)
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .where(and(isNull(sessions.endedAt), gt(sessions.id, after)))
    .orderBy(sessions.id)
    .limit(limit);
}

const prepare = (db: Database) =>
  db
    .select(columns)
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .where(inArray(sessions.tokenHash, [sql.placeholder('hash'), sql.placeholder('previousHash')]))
    .prepare('session_by_token');

const statement = () => processWide('session-by-token', () => prepare(database()));

/** Session, account, layers of policy and memberships of one token: one prepared statement, the whole cost of a signed-in page. */
export async function findSessionRow(token: string) {
  const [hash, previousHash] = tokenHashes(token);
  const rows = await statement().execute({ hash, previousHash: previousHash ?? hash });
  return rows[0] ?? null;
}

export type SessionRow = NonNullable<Awaited<ReturnType<typeof findSessionRow>>>;
