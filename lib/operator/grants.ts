import 'server-only';
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { accounts } from '@/drizzle/schema';
import { recordAudit } from '@/lib/io/audit';
import { transaction } from '@/lib/io/db';
import { parseLoginEmail } from '@/lib/policy/address';
import { fail, ok, type Result } from '@/lib/policy/result';

export type GrantFault =
  | { readonly code: 'malformed_email' }
  | { readonly code: 'unknown_account' }
  /** Already as asked for. */
  | { readonly code: 'unchanged' };

/** Makes an account an operator, or no longer one, from the command line of whoever runs the platform. Proven accounts only. */
export async function setOperator(email: string, isOperator: boolean): Promise<Result<null, GrantFault>> {
  const parsed = parseLoginEmail(email);
  if (!parsed.ok) return fail({ code: 'malformed_email' });
  return transaction(async (tx) => {
    const isOpen = and(
      eq(accounts.loginEmail, parsed.value.email),
      isNull(accounts.closedAt),
      isNotNull(accounts.loginEmailProvenAt),
    );
    const [changed] = await tx
      .update(accounts)
      .set({ operatorSince: isOperator ? sql`clock_timestamp()` : null })
      .where(and(isOpen, isOperator ? isNull(accounts.operatorSince) : isNotNull(accounts.operatorSince)))
      .returning({ id: accounts.id });
    if (changed === undefined)
      return (await tx.$count(accounts, isOpen)) === 0
        ? fail({ code: 'unknown_account' })
        : fail({ code: 'unchanged' });
    await recordAudit(tx, {
      chain: 'platform',
      event: isOperator ? 'operator.granted' : 'operator.revoked',
      actor: { kind: 'system', id: null },
      result: 'success',
      accountId: changed.id,
      target: { kind: 'account', id: changed.id },
      personal: { email: parsed.value.email },
    });
    return ok(null);
  });
}
