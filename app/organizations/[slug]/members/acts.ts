import type { MemberRow } from '@/lib/organization/members';
import {
  type Acting,
  checkMemberAction,
  checkRoleChange,
  type MemberAction,
  type Role,
  rolesToGive,
} from '@/lib/policy/roles';

/** What the menu of a member offers; each opens a panel with a button of the same name. */
export const acts = {
  prompt: 'Prompt password reset',
  temporary: 'Set temporary password',
  contact: 'Reset contact email',
  cool: 'Cool down',
  unlock: 'Unlock',
  factors: 'Reset two-factor',
  sessions: 'End sessions',
  readmit: 'Let in again',
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

/** The right of table 1.3 that each act asks for; a change of role has a rule of its own. */
const rights: Readonly<Record<Exclude<Act, 'role'>, MemberAction>> = {
  prompt: 'prompt_password_reset',
  temporary: 'set_password',
  contact: 'reset_contact_email',
  cool: 'cool_down',
  unlock: 'unlock',
  factors: 'reset_second_factors',
  sessions: 'end_sessions',
  readmit: 'readmit',
  suspend: 'suspend',
  unsuspend: 'suspend',
  remove: 'remove',
};

/** Acts that make sense only as long as the member stands so. */
const pointless: Partial<Readonly<Record<Act, (member: MemberRow) => boolean>>> = {
  readmit: (member) => member.reproofRequiredAt === null,
  suspend: (member) => member.suspendedAt !== null,
  unsuspend: (member) => member.suspendedAt === null,
};

/** What this member of the office may do to that member; the server asks again. */
export function actsFor(actor: Acting, member: MemberRow): readonly Act[] {
  const may = (act: Act): boolean => {
    if (pointless[act]?.(member)) return false;
    if (act === 'role') return rolesFor(actor, member).length > 0;
    return checkMemberAction(rights[act], actor, member).ok;
  };
  return (Object.keys(acts) as Act[]).filter(may);
}
