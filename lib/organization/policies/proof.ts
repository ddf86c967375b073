import 'server-only';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { accounts, memberships, organizations } from '@/drizzle/schema';
import { type AuditEvent, organizationChain, recordAudit } from '@/lib/io/audit';
import type { Transaction } from '@/lib/io/db';
import { notify } from '@/lib/io/notify';
import { auditActor, type MemberActor } from '../actor';

export type PolicyEvent = {
  readonly event:
    | 'policy.saved'
    | 'policy.activated'
    | 'policy.disabled'
    | 'policy.confirmed'
    | 'policy.reverted'
    | 'policy.drafted'
    | 'policy.discarded';
  readonly policyId: string;
  readonly before?: unknown;
  readonly after?: unknown;
};

/** The audit row of a change to a policy; `actor` null: the change happened by itself. Call it last in its transaction. */
export async function provePolicy(
  tx: Transaction,
  by: { readonly organizationId: string; readonly actor: MemberActor | null },
  { policyId, ...what }: PolicyEvent,
): Promise<void> {
  const who: Pick<AuditEvent, 'actor' | 'personal'> =
    by.actor === null ? { actor: { kind: 'system', id: null } } : auditActor(by.actor);
  await recordAudit(tx, {
    chain: organizationChain(by.organizationId),
    ...who,
    ...what,
    result: 'success',
    target: { kind: 'policy', id: policyId },
  });
}

export type PolicyNews = {
  readonly organizationId: string;
  readonly domain: string;
  /** Names the event once, so that nobody is told twice. */
  readonly key: string;
  readonly actorId: string | null;
  readonly changes: readonly string[];
};

/** Tells owners and admins, whose concern a policy is, in the app and by mail. */
export async function tellPolicyChange(tx: Transaction, news: PolicyNews): Promise<void> {
  const [organization] = await tx
    .select({ name: organizations.name })
    .from(organizations)
    .where(eq(organizations.id, news.organizationId));
  const [author] =
    news.actorId === null
      ? []
      : await tx.select({ name: accounts.name }).from(accounts).where(eq(accounts.id, news.actorId));
  const people = await tx
    .select({ accountId: memberships.accountId })
    .from(memberships)
    .where(
      and(
        eq(memberships.organizationId, news.organizationId),
        inArray(memberships.role, ['owner', 'admin']),
        isNull(memberships.suspendedAt),
      ),
    );
  const data = {
    organization: organization?.name ?? '',
    domain: news.domain,
    by: author?.name ?? 'Gatehouse',
    changes: news.changes,
  };
  for (const { accountId } of people)
    await notify(tx, {
      key: news.key,
      accountId,
      organizationId: news.organizationId,
      notice: { kind: 'policy_changed', data },
    });
}
