import 'server-only';
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { accounts, passkeys, phoneNumbers, totpAuthenticators } from '@/drizzle/schema';
import { recordAudit } from '@/lib/io/audit';
import type { Transaction } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { accountMandates, type Mandate } from '@/lib/policy/mandate';
import { fail, ok, type Result } from '@/lib/policy/result';
import { type FactorMethod, factorMethods, mayRemoveFactor } from '@/lib/policy/second-factor';
import { organizationMandate } from '@/lib/session/factor-standing';
import type { CurrentSession } from '@/lib/session/judgement';
import { type AccountActor, auditOf } from './actor';
import { voidBackupCodes } from './backup-codes';
import { disableEmailCode } from './email-code';
import { settleFactorChange } from './factor-change';

export type RemovalRefusal =
  | { readonly code: 'not_bound' }
  /** What would be left is less than these organizations and rules demand. */
  | { readonly code: 'mandated'; readonly by: readonly string[] };

/** Every rule that demands a second factor of this person, its grace over or not. */
export function mandatesOf({ policy, memberships }: CurrentSession): readonly Mandate[] {
  const ofOrganizations = memberships.flatMap((membership) => {
    const mandate = membership.suspendedAt === null ? organizationMandate(membership) : null;
    return mandate === null ? [] : [mandate];
  });
  return [...accountMandates(policy), ...ofOrganizations];
}

const moment = sql`clock_timestamp()`;

/** Takes the authenticator away; the id of what went, or null when there was none. */
async function unbind(
  tx: Transaction,
  accountId: string,
  { method, id }: RemovedFactor,
): Promise<string | null> {
  switch (method) {
    case 'totp': {
      const bound = and(
        eq(totpAuthenticators.accountId, accountId),
        isNotNull(totpAuthenticators.confirmedAt),
        isNull(totpAuthenticators.removedAt),
      );
      const rows = await tx
        .update(totpAuthenticators)
        .set({ removedAt: moment })
        .where(bound)
        .returning({ id: totpAuthenticators.id });
      return rows[0]?.id ?? null;
    }
    case 'sms': {
      const bound = and(
        eq(phoneNumbers.accountId, accountId),
        isNotNull(phoneNumbers.confirmedAt),
        isNull(phoneNumbers.removedAt),
      );
      const rows = await tx
        .update(phoneNumbers)
        .set({ removedAt: moment })
        .where(bound)
        .returning({ id: phoneNumbers.id });
      return rows[0]?.id ?? null;
    }
    case 'passkey': {
      const bound = and(
        eq(passkeys.accountId, accountId),
        eq(passkeys.id, id ?? ''),
        isNull(passkeys.removedAt),
      );
      const rows = await tx
        .update(passkeys)
        .set({ removedAt: moment })
        .where(bound)
        .returning({ id: passkeys.id });
      return rows[0]?.id ?? null;
    }
    case 'email':
      return (await disableEmailCode(tx, accountId)) ? newId() : null;
  }
}

export type RemovedFactor = { readonly method: FactorMethod; readonly id?: string | undefined };

type BoundRow = { passkey: boolean; totp: boolean; sms: boolean; email: boolean; contact_proven: boolean };

const confirmed = sql`confirmed_at is not null and removed_at is null`;

/** What is bound at this moment; `without` leaves out the one that is about to go. */
async function readBound(tx: Transaction, accountId: string, without?: RemovedFactor) {
  const [row] = await tx.execute<BoundRow>(sql`
    select exists (select 1 from passkeys where account_id = a.id and removed_at is null
        and id is distinct from ${without?.method === 'passkey' ? (without.id ?? null) : null}::uuid) as passkey,
      exists (select 1 from totp_authenticators where account_id = a.id and ${confirmed}) as totp,
      exists (select 1 from phone_numbers where account_id = a.id and ${confirmed}) as sms,
      email_code_enabled_at is not null and contact_email_proven_at is not null as email,
      contact_email_proven_at is not null as contact_proven
    from accounts a where a.id = ${accountId}`);
  const bound = factorMethods.filter(
    (method) => row?.[method] && (method === 'passkey' || method !== without?.method),
  );
  return { bound, contactProven: row?.contact_proven ?? false };
}

/** The rules that what remains would not satisfy; one of strength 1 binds the email code by itself. */
async function unsatisfied(
  tx: Transaction,
  accountId: string,
  { factor, mandates }: Removal,
): Promise<readonly string[]> {
  const { bound, contactProven } = await readBound(tx, accountId, factor);
  const withEmail: readonly FactorMethod[] = contactProven ? ['email', ...bound] : bound;
  const names = mandates
    .filter(({ strength }) => !mayRemoveFactor(strength === 1 ? withEmail : bound, strength))
    .map((mandate) => mandate.name);
  return [...new Set(names)];
}

async function settle(tx: Transaction, accountId: string): Promise<void> {
  const { bound: remaining } = await readBound(tx, accountId);
  if (!remaining.some((method) => method !== 'email')) await voidBackupCodes(tx, accountId);
  await tx
    .update(accounts)
    .set({ defaultMethod: null })
    .where(
      and(
        eq(accounts.id, accountId),
        isNotNull(accounts.defaultMethod),
        sql`not (${accounts.defaultMethod} = any(${sql.param([...remaining])}::text[]))`,
      ),
    );
}

type Removal = { readonly factor: RemovedFactor; readonly mandates: readonly Mandate[] };

/**
 * Removes a factor, unless what is left would be less than a rule demands. One at a time for each account, so that two
 * removals at once cannot each count on the other.
 */
export async function removeFactor(
  tx: Transaction,
  actor: AccountActor,
  removal: Removal,
): Promise<Result<null, RemovalRefusal>> {
  const { accountId } = actor;
  const { factor } = removal;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`factors:${accountId}`}, 0))`);
  const by = await unsatisfied(tx, accountId, removal);
  if (by.length > 0) return fail({ code: 'mandated', by });
  const id = await unbind(tx, accountId, factor);
  if (id === null) return fail({ code: 'not_bound' });
  await settle(tx, accountId);
  await settleFactorChange(tx, actor, { kind: 'removed', method: factor.method, id });
  return ok(null);
}

/** Picks what a sign-in asks for first; false when it is not bound. */
export async function setDefaultMethod(
  tx: Transaction,
  actor: AccountActor,
  method: FactorMethod,
): Promise<boolean> {
  const { bound } = await readBound(tx, actor.accountId);
  if (!bound.includes(method)) return false;
  await tx.update(accounts).set({ defaultMethod: method }).where(eq(accounts.id, actor.accountId));
  await recordAudit(tx, {
    ...auditOf(actor),
    event: 'second_factor.default_chosen',
    result: 'success',
    after: { method },
  });
  return true;
}
