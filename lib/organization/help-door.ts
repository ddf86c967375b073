import 'server-only';
import { accountChain, organizationChain, recordAudit } from '@/lib/io/audit';
import type { Transaction } from '@/lib/io/db';
import type { InAppNotice } from '@/lib/io/notice-kinds';
import { notify } from '@/lib/io/notify';
import { newId } from '@/lib/io/token';
import { ok, type Result } from '@/lib/policy/result';
import { checkMemberAction, type MemberAction, type RightFault } from '@/lib/policy/roles';
import { auditActor, type MemberActor } from './actor';
import { type LockedActor, type LockedMember, type LockFault, lockPair } from './membership-lock';

/** What an owner or admin asks for: whom, and why. */
export type HelpWish = { readonly memberId: string; readonly reason: string };
export type HelpFault = LockFault | RightFault;
export type Help = {
  readonly actor: MemberActor;
  readonly asker: LockedActor;
  readonly member: LockedMember;
  readonly reason: string;
};

/** The one door of everything that an owner or admin does for a member: table 1.3, asked under lock. */
export async function openHelp(
  tx: Transaction,
  actor: MemberActor,
  wish: HelpWish & { readonly action: MemberAction },
): Promise<Result<Help, HelpFault>> {
  const pair = await lockPair(tx, actor, wish.memberId);
  if (!pair.ok) return pair;
  const { asker, member } = pair.value;
  const isTarget = member.accountId === actor.accountId;
  const right = checkMemberAction(wish.action, { role: asker.role, isTarget }, member);
  if (!right.ok) return right;
  return ok({ actor, asker, member, reason: wish.reason });
}

/** The part of a notice that names who did it, where and why. */
export const byAdmin = ({ asker, reason }: Help) => ({
  by: asker.name,
  organization: asker.organization,
  reason,
});

/** Tells the person, in the app and by mail. */
export function tellHelped(tx: Transaction, { member, actor }: Help, notice: InAppNotice): Promise<void> {
  const organizationId = actor.organizationId;
  return notify(tx, { key: `help:${newId()}`, accountId: member.accountId, organizationId, notice });
}

/** On record in the organization, and in the account's own activity where the account itself was touched. */
export async function recordHelp(
  tx: Transaction,
  help: Help,
  fact: { readonly event: string; readonly after?: unknown; readonly touchesAccount: boolean },
): Promise<void> {
  const { actor, member, reason } = help;
  const shared = {
    ...auditActor(actor, { name: member.name, email: member.loginEmail }),
    result: 'success',
    reason,
    accountId: member.accountId,
    after: fact.after,
    target: { kind: 'member', id: member.id },
  } as const;
  const { organizationId } = actor;
  if (fact.touchesAccount)
    await recordAudit(tx, {
      ...shared,
      chain: accountChain(member.accountId),
      event: `account.${fact.event}`,
      organizationId,
    });
  await recordAudit(tx, {
    ...shared,
    chain: organizationChain(organizationId),
    event: `member.${fact.event}`,
  });
}
