import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { accounts, memberships } from '@/drizzle/schema';
import { type Executor, now, type Transaction } from '@/lib/io/db';
import { notifyMany } from '@/lib/io/notify-many';
import { mandateDeadline } from '@/lib/policy/mandate';
import { strengthTowards } from '@/lib/policy/second-factor';
import type { Instant } from '@/lib/policy/time';
import { ruleMandate, strongestFactor } from '@/lib/session/factor-standing';

/** A person of an organization with the strength of their strongest factor. */
export type MemberStrength = {
  readonly accountId: string;
  readonly name: string;
  readonly loginEmail: string;
  readonly role: 'owner' | 'admin' | 'member' | 'guest';
  readonly strength: number;
  /** A code could be mailed there: enough for a rule of strength 1. */
  readonly contactEmailVerified: boolean;
};

/** Everybody whom the rule binds, guests included. */
export function memberStrengths(
  executor: Executor,
  organizationId: string,
): Promise<readonly MemberStrength[]> {
  return executor
    .select({
      accountId: accounts.id,
      name: accounts.name,
      loginEmail: accounts.loginEmail,
      role: memberships.role,
      strength: strongestFactor,
      contactEmailVerified: sql<boolean>`${accounts.contactEmailProvenAt} is not null`,
    })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.organizationId, organizationId),
        isNull(memberships.suspendedAt),
        isNull(accounts.closedAt),
      ),
    )
    .orderBy(accounts.name, accounts.id);
}

type Announcing = { readonly id: string; readonly name: string; readonly isNew: boolean };

/** Mails each teammate, guests too, the deadline that is theirs: of a new rule to all, of changed terms to those not ready. */
export async function announceRule(
  tx: Transaction,
  rule: Parameters<typeof ruleMandate>[0],
  { id, name, isNew }: Announcing,
) {
  const mandate = ruleMandate(rule, name);
  const groups = new Map<Instant, string[]>();
  for (const person of await memberStrengths(tx, id)) {
    const own = mandateDeadline(mandate, strengthTowards(person));
    const dueAt = own ?? (isNew ? mandateDeadline(mandate, 0) : null);
    if (dueAt !== null) groups.set(dueAt, [...(groups.get(dueAt) ?? []), person.accountId]);
  }
  const key = `mandate:${rule.id}:${isNew ? 'activated' : `changed:${await now(tx)}`}`;
  for (const [dueAt, accountIds] of groups)
    await notifyMany(tx, {
      key,
      organizationId: id,
      notice: { kind: 'mandate_activated', data: { organization: name, dueAt } },
      accountIds,
    });
}
