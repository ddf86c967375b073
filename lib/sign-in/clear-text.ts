import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { passwords } from '@/drizzle/schema';
import { checkBreaches } from '@/lib/account/breached-passwords';
import type { Transaction } from '@/lib/io/db';
import { hashPassword, needsUpgrade } from '@/lib/io/hash';
import { normalizePassword, type RuleTuple, ruleTuple, unmetRules } from '@/lib/policy/password';
import { tightening } from '@/lib/policy/tightening';
import { validatedRules } from '@/lib/session/validated-rules';
import type { LoginRow } from './login-row';

/** What the clear text of a right password tells: whether today's rules want another one, and what to keep with its row. */
export type ClearTextVerdict = {
  readonly isBelowPolicy: boolean;
  readonly isBreached: boolean;
  /** The rules it surely meets from now on. */
  readonly validated: RuleTuple | null;
  /** The same password hashed as strongly as today's are. */
  readonly strongerHash: string | null;
};

async function checkRules(
  { policy, now }: LoginRow,
  stored: unknown,
  password: string,
): Promise<Omit<ClearTextVerdict, 'strongerHash'>> {
  const { check } = tightening(policy, validatedRules(stored), now);
  if (check === null) return { isBelowPolicy: false, isBreached: false, validated: null };
  const text = normalizePassword(password);
  const isBelowPolicy = unmetRules(check, text).length > 0;
  const breach = check.breachedCheck ? await checkBreaches(password) : 'unchecked';
  const isBreached = breach === 'breached' || breach === 'common';
  const whole = { ...ruleTuple(policy.values), breachedCheck: breach === 'clean' };
  const isWhole = !isBelowPolicy && !isBreached && unmetRules(whole, text).length === 0;
  return { isBelowPolicy, isBreached, validated: isWhole ? whole : null };
}

/** Looks at a right password once, while its clear text is here. */
export async function examineClearText(
  row: LoginRow,
  current: NonNullable<LoginRow['password']>,
  password: string,
): Promise<ClearTextVerdict> {
  const rules = await checkRules(row, current.validatedUnder, password);
  const stronger = needsUpgrade(current.hash) ? await hashPassword(password) : null;
  return { ...rules, strongerHash: stronger?.ok ? stronger.value : null };
}

/** Keeps what was learned: the rules it met, and a stronger hash without a new entry in the history. */
export async function keepVerdict(
  tx: Transaction,
  current: NonNullable<LoginRow['password']>,
  { validated, strongerHash }: ClearTextVerdict,
): Promise<void> {
  if (validated === null && strongerHash === null) return;
  await tx
    .update(passwords)
    .set({
      ...(validated === null ? {} : { validatedUnder: validated }),
      ...(strongerHash === null ? {} : { hash: strongerHash }),
    })
    .where(and(eq(passwords.id, current.id), eq(passwords.hash, current.hash), isNull(passwords.retiredAt)));
}
