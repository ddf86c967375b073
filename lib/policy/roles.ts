import { fail, ok, type Result } from './result';

/** A role in an organization (spec 1.1), from the strongest down. */
export const roleNames = ['owner', 'admin', 'member', 'guest'] as const;
export type Role = (typeof roleNames)[number];

/** What concerns the organization as a whole (table 1.3). */
export type OrganizationAction =
  | 'manage_domains'
  | 'edit_domain_policy'
  | 'edit_second_factor_rule'
  | 'edit_password_switch'
  | 'rename'
  | 'invite'
  | 'read_audit'
  | 'read_board'
  | 'preview';

const mayAsOwner: ReadonlySet<OrganizationAction> = new Set([
  'manage_domains',
  'edit_domain_policy',
  'rename',
]);

/** Whether this role may do what concerns the whole organization: owners all of it, admins all but what is the owners' alone. */
export function mayDo(role: Role, action: OrganizationAction): boolean {
  return role === 'owner' || (role === 'admin' && !mayAsOwner.has(action));
}

/** What an owner or admin does to one person's membership or account (table 1.3, section 4.3). */
export const memberActions = [
  'set_password',
  'reset_contact_email',
  'reset_second_factors',
  'prompt_password_reset',
  'cool_down',
  'unlock',
  'end_sessions',
  'suspend',
  'readmit',
  'remove',
] as const;
export type MemberAction = (typeof memberActions)[number];

/** These reach the account itself and so need a managed account. */
const onManagedOnly: ReadonlySet<MemberAction> = new Set([
  'set_password',
  'reset_contact_email',
  'reset_second_factors',
]);

export type Acting = { readonly role: Role; readonly isTarget: boolean };
export type Target = { readonly role: Role; readonly managed: boolean };

/**
 * Why not: `self`: nobody acts on themselves with these; `role`: the asker's role does not reach the target's;
 * `not_managed`: the account is also the person's own elsewhere, so only they may change its authenticators.
 */
export type RightFault = { readonly code: 'self' | 'role' | 'not_managed' };

/** Owners reach admins, members and guests; admins reach members and guests. */
const reaches = (actor: Role, target: Role): boolean =>
  actor === 'owner' ? target !== 'owner' : actor === 'admin' && (target === 'member' || target === 'guest');

/** Whether one member may do this to another. Another owner can only be removed or demoted, and only by an owner. */
export function checkMemberAction(
  action: MemberAction,
  actor: Acting,
  target: Target,
): Result<true, RightFault> {
  if (actor.isTarget) return fail({ code: 'self' });
  const removesOwner = action === 'remove' && actor.role === 'owner' && target.role === 'owner';
  if (!removesOwner && !reaches(actor.role, target.role)) return fail({ code: 'role' });
  if (onManagedOnly.has(action) && !target.managed) return fail({ code: 'not_managed' });
  return ok(true);
}

/** Roles that somebody may give: owners all, admins member and guest. */
export const rolesToGive = (role: Role): readonly Role[] =>
  roleNames.filter(
    (given) => role === 'owner' || (role === 'admin' && (given === 'member' || given === 'guest')),
  );

/** Whether one member may turn another from one role to another. */
export function checkRoleChange(
  actor: Acting,
  change: { readonly from: Role; readonly to: Role },
): Result<true, RightFault> {
  if (actor.isTarget) return fail({ code: 'self' });
  const mayReach = actor.role === 'owner' || reaches(actor.role, change.from);
  return mayReach && rolesToGive(actor.role).includes(change.to) ? ok(true) : fail({ code: 'role' });
}

/** Taking the role from an owner, or the owner from the organization, is asked again and told to all owners. */
export const demotesOwner = (from: Role, to: Role | null): boolean => from === 'owner' && to !== 'owner';
