import 'server-only';
import { randomBytes } from 'node:crypto';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { backupCodeSets, backupCodes } from '@/drizzle/schema';
import { recordAudit } from '@/lib/io/audit';
import type { Executor, Transaction } from '@/lib/io/db';
import { notify } from '@/lib/io/notify';
import { seal, unseal } from '@/lib/io/seal';
import { hashCode, isCode, newId } from '@/lib/io/token';
import { fail, ok, type Result } from '@/lib/policy/result';
import type { Instant } from '@/lib/policy/time';
import {
  backupCodeCount,
  backupCodeFrom,
  backupCodeLength,
  backupCodesLow,
  formatBackupCode,
  normalizeBackupCode,
} from '@/lib/policy/typed-code';
import { type AccountActor, auditOf } from './actor';
import { beginTry, failTry, forgiveTry, succeedTry, type TriesRefusal } from './factor-tries';

const hashContext = (accountId: string) => `backup:${accountId}`;
const sealContext = (accountId: string) => `backup:${accountId}`;

export type BackupCodeView = { readonly code: string; readonly used: boolean };
export type BackupCodeState = {
  readonly left: number;
  readonly createdAt: Instant;
  /** When the person confirmed that they are saved. */
  readonly savedAt: Instant | null;
};

const current = (accountId: string) =>
  and(eq(backupCodeSets.accountId, accountId), isNull(backupCodeSets.voidedAt));

const left = sql<number>`(select count(*) from backup_codes where set_id = backup_code_sets.id and consumed_at is null)`;

/** How many codes are left; null before the first set. */
export async function backupCodeState(
  executor: Executor,
  accountId: string,
): Promise<BackupCodeState | null> {
  const [row] = await executor
    .select({
      left: left.mapWith(Number),
      createdAt: backupCodeSets.createdAt,
      savedAt: backupCodeSets.savedAt,
    })
    .from(backupCodeSets)
    .where(current(accountId));
  return row ?? null;
}

async function writeSet(tx: Transaction, accountId: string): Promise<string> {
  const setId = newId();
  await tx.insert(backupCodeSets).values({ id: setId, accountId });
  const codes = new Set<string>();
  while (codes.size < backupCodeCount) codes.add(backupCodeFrom(randomBytes(backupCodeLength)));
  const rows = [...codes].map((code, index) => ({
    id: newId(),
    setId,
    position: index + 1,
    codeHash: hashCode(code, hashContext(accountId)),
    sealedCode: seal(code, sealContext(accountId)),
  }));
  await tx.insert(backupCodes).values(rows);
  return setId;
}

/** The first set, made with the first factor that can be lost; false when there is one already. */
export async function makeFirstBackupCodes(tx: Transaction, accountId: string): Promise<boolean> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`backup:${accountId}`}, 0))`);
  if ((await backupCodeState(tx, accountId)) !== null) return false;
  await writeSet(tx, accountId);
  return true;
}

/** Ten new codes; every older one is void. */
export async function regenerateBackupCodes(tx: Transaction, actor: AccountActor): Promise<void> {
  const { accountId } = actor;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`backup:${accountId}`}, 0))`);
  await voidBackupCodes(tx, accountId);
  const setId = await writeSet(tx, accountId);
  await notify(tx, {
    key: `backup-codes-regenerated:${setId}`,
    accountId,
    notice: { kind: 'backup_codes_regenerated', data: {} },
  });
  await recordAudit(tx, {
    ...auditOf(actor),
    event: 'backup_codes.regenerated',
    result: 'success',
    target: { kind: 'backup_code_set', id: setId },
  });
}

/** No factor is left that could be lost, or an admin reset them. */
export async function voidBackupCodes(tx: Transaction, accountId: string): Promise<void> {
  await tx.update(backupCodeSets).set({ voidedAt: sql`clock_timestamp()` }).where(current(accountId));
}

/**
 * The codes in their order. Where the policy says "shown once" they are shown until confirmed as saved; the caller asks
 * for that, and for step-up.
 */
export async function readBackupCodes(
  executor: Executor,
  accountId: string,
): Promise<readonly BackupCodeView[]> {
  const rows = await executor
    .select({ sealedCode: backupCodes.sealedCode, consumedAt: backupCodes.consumedAt })
    .from(backupCodes)
    .innerJoin(backupCodeSets, eq(backupCodeSets.id, backupCodes.setId))
    .where(current(accountId))
    .orderBy(asc(backupCodes.position));
  return rows.flatMap(({ sealedCode, consumedAt }) =>
    sealedCode === null
      ? []
      : [{ code: formatBackupCode(unseal(sealedCode, sealContext(accountId))), used: consumedAt !== null }],
  );
}

/** The person says the codes are saved. Where they are shown only once, the readable copies are erased with it. */
export async function confirmBackupCodesSaved(
  tx: Transaction,
  actor: AccountActor,
  { shownOnce }: { readonly shownOnce: boolean },
): Promise<void> {
  const [set] = await tx
    .update(backupCodeSets)
    .set({ savedAt: sql`clock_timestamp()` })
    .where(and(current(actor.accountId), isNull(backupCodeSets.savedAt)))
    .returning({ id: backupCodeSets.id });
  if (!set) return;
  if (shownOnce) await tx.update(backupCodes).set({ sealedCode: null }).where(eq(backupCodes.setId, set.id));
  await recordAudit(tx, { ...auditOf(actor), event: 'backup_codes.saved', result: 'success' });
}

/** Somebody looked at saved codes again: the person is told by mail, and it is on record. */
export async function recordBackupCodesViewed(tx: Transaction, actor: AccountActor): Promise<void> {
  await notify(tx, {
    key: `backup-codes-viewed:${newId()}`,
    accountId: actor.accountId,
    notice: { kind: 'backup_codes_viewed', data: {} },
  });
  await recordAudit(tx, { ...auditOf(actor), event: 'backup_codes.viewed', result: 'success' });
}

export type BackupCodeRefusal =
  | { readonly code: 'code_wrong' }
  | { readonly code: 'code_used' }
  | TriesRefusal;

async function spend(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx
    .update(backupCodes)
    .set({ consumedAt: sql`clock_timestamp()` })
    .where(and(eq(backupCodes.id, id), isNull(backupCodes.consumedAt)))
    .returning({ id: backupCodes.id });
  return rows.length === 1;
}

async function tellUsed(tx: Transaction, actor: AccountActor, codeId: string): Promise<void> {
  const state = await backupCodeState(tx, actor.accountId);
  const codesLeft = state?.left ?? 0;
  await notify(tx, {
    key: `backup-code-used:${codeId}`,
    accountId: actor.accountId,
    notice: { kind: 'backup_code_used', data: { left: codesLeft } },
  });
  if (codesLeft === backupCodesLow)
    await notify(tx, {
      key: `backup-codes-low:${codeId}`,
      accountId: actor.accountId,
      notice: { kind: 'backup_codes_low', data: { left: codesLeft } },
    });
  await recordAudit(tx, {
    ...auditOf(actor),
    event: 'backup_code.used',
    result: 'success',
    after: { left: codesLeft },
  });
}

/** The code of the current set that was typed, used or not. */
async function findCode(tx: Transaction, accountId: string, code: string | null): Promise<string | null> {
  if (code === null) return null;
  const rows = await tx
    .select({ id: backupCodes.id, codeHash: backupCodes.codeHash })
    .from(backupCodes)
    .innerJoin(backupCodeSets, eq(backupCodeSets.id, backupCodes.setId))
    .where(current(accountId));
  return rows.find((row) => isCode(code, hashContext(accountId), row.codeHash))?.id ?? null;
}

/** Whether the typed code is one of the current set, using it up if so. Commit the transaction whatever the answer. */
export async function verifyBackupCode(
  tx: Transaction,
  actor: AccountActor,
  typed: string,
): Promise<Result<null, BackupCodeRefusal>> {
  const { accountId } = actor;
  const tried = await beginTry(tx, accountId, 'backup');
  if (!tried.ok) return tried;
  const match = await findCode(tx, accountId, normalizeBackupCode(typed));
  if (match === null) {
    await failTry(tx, tried.value);
    return fail({ code: 'code_wrong' });
  }
  if (!(await spend(tx, match))) {
    await forgiveTry(tx, tried.value);
    return fail({ code: 'code_used' });
  }
  await succeedTry(tx, tried.value);
  await tellUsed(tx, actor, match);
  return ok(null);
}
