import 'server-only';
import type { AuditEvent } from '@/lib/io/audit';
import type { CodeBinding } from './code-record';

/** Who looks after an account: a person in a session, or a claimant in an attempt. It is their own account. */
export type AccountActor = {
  readonly accountId: string;
  readonly binding: CodeBinding;
  readonly address: string | null;
  readonly userAgent: string | null;
};

/** The attempt's or session's id: what a set-up begun there belongs to. */
export const boundTo = ({ binding }: Pick<AccountActor, 'binding'>): string =>
  binding.attemptId ?? binding.sessionId;

/** The actor's part of an audit row. */
export const auditOf = (actor: AccountActor): Pick<AuditEvent, 'chain' | 'actor' | 'personal'> => ({
  chain: `account:${actor.accountId}`,
  actor: { kind: actor.binding.attemptId === undefined ? 'account' : 'claimant', id: actor.accountId },
  personal: { address: actor.address, userAgent: actor.userAgent },
});
