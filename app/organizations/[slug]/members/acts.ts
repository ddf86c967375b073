import type { MemberRow } from '@/lib/organization/members';
import { type Acting, checkMemberAction, checkRoleChange, type Role, rolesToGive } from '@/lib/policy/roles';

/** What the menu of a member offers; each opens a panel with a button of the same name. */
export const acts = {
  role: 'Change role',
  suspend: 'Suspend',
  unsuspend: 'Lift suspension',
  remove: 'Remove',
} as const;
export type Act = keyof typeof acts;

export const actOf = (value: unknown): Act | undefined =>
  (Object.keys(acts) as Act[]).find((act) => act === value);

/** The roles that somebody may give to this member, their own one first. */
export const rolesFor = (actor: Acting, member: MemberRow): readonly Role[] =>
  rolesToGive(actor.role).filter((to) => checkRoleChange(actor, { from: member.role, to }).ok);

/** What this member of the office may do to that member; the server asks again. */
export function actsFor(actor: Acting, member: MemberRow): readonly Act[] {
  const may = (action: 'suspend' | 'remove') => checkMemberAction(action, actor, member).ok;
  const offered: Act[] = [];
  if (rolesFor(actor, member).length > 0) offered.push('role');
  if (may('suspend')) offered.push(member.suspendedAt === null ? 'suspend' : 'unsuspend');
  if (may('remove')) offered.push('remove');
  return offered;
}
