import { and, eq, isNull, sql } from 'drizzle-orm';
import { generateSync } from 'otplib';
import { backupCodeSets, phoneNumbers, signInAttempts, totpAuthenticators } from '@/drizzle/schema';
import type { AccountActor } from '@/lib/account/actor';
import { settleFactorChange } from '@/lib/account/factor-change';
import { beginSms } from '@/lib/account/sms';
import { beginTotp, confirmTotp, pendingTotp } from '@/lib/account/totp';
import type { Transaction } from '@/lib/io/db';
import { beginAttempt } from '@/lib/sign-in/attempts';

type Owner = { readonly accountId: string; readonly email: string };

async function beginAs(tx: Transaction, { accountId, email }: Owner): Promise<AccountActor> {
  const from = { address: null, userAgent: null };
  const client = { kind: 'web', name: null } as const;
  const attempt = await beginAttempt(tx, { email, accountId, client, returnTo: null, ...from });
  return { accountId, binding: { attemptId: attempt.id }, ...from };
}

/** The set-up is long past: its attempt and codes are gone, and the backup codes it led to are saved. */
async function leaveBehind(tx: Transaction, { accountId }: AccountActor): Promise<void> {
  await tx.delete(signInAttempts).where(eq(signInAttempts.accountId, accountId));
  await tx
    .update(backupCodeSets)
    .set({ createdAt: sql`now() - interval '30 days'`, savedAt: sql`now() - interval '30 days'` })
    .where(eq(backupCodeSets.accountId, accountId));
}

/** Binds an authentication app as a person would; returns its key. */
export async function bindApp(tx: Transaction, owner: Owner): Promise<string> {
  const actor = await beginAs(tx, owner);
  await beginTotp(tx, actor);
  const pending = await pendingTotp(tx, actor, owner.email);
  if (!pending) throw new Error('the set-up that just began is not there');
  const bound = await confirmTotp(tx, actor, generateSync({ secret: pending.secret }));
  if (!bound.ok) throw new Error(`the app was refused: ${bound.error.code}`);
  await tx
    .update(totpAuthenticators)
    .set({
      createdAt: sql`now() - interval '30 days'`,
      confirmedAt: sql`now() - interval '30 days'`,
      lastStep: null,
    })
    .where(eq(totpAuthenticators.accountId, owner.accountId));
  await leaveBehind(tx, actor);
  return pending.secret;
}

/** Binds a mobile number. The code that was texted is sealed, so this is the one step that a statement takes. */
export async function bindNumber(tx: Transaction, owner: Owner, number: string): Promise<void> {
  const actor = await beginAs(tx, owner);
  const sent = await beginSms(tx, actor, { number, lifetimeMinutes: 15 });
  if (!sent.ok) throw new Error(`the number was refused: ${sent.error.code}`);
  const [row] = await tx
    .update(phoneNumbers)
    .set({ createdAt: sql`now() - interval '30 days'`, confirmedAt: sql`now() - interval '30 days'` })
    .where(and(eq(phoneNumbers.accountId, owner.accountId), isNull(phoneNumbers.confirmedAt)))
    .returning({ id: phoneNumbers.id });
  if (!row) throw new Error('the set-up that just began is not there');
  await settleFactorChange(tx, actor, { kind: 'added', method: 'sms', id: row.id });
  await leaveBehind(tx, actor);
}
