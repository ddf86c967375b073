import { describe, expect, it } from 'vitest';
import { checkMemberAction, checkRoleChange, mayDo, memberActions, type Role, roleNames } from './roles';

const other = (role: Role) => ({ role, isTarget: false });

/** Who may do it to whom, as table 1.3 says it. */
const reach: Record<string, readonly string[]> = {
  owner: ['admin', 'member', 'guest'],
  admin: ['member', 'guest'],
  member: [],
  guest: [],
};
const authenticators = ['set_password', 'reset_contact_email', 'reset_second_factors'];

describe('table 1.3', () => {
  for (const action of memberActions)
    for (const actor of roleNames)
      for (const target of roleNames)
        for (const managed of [true, false]) {
          const removal = action === 'remove' && actor === 'owner' && target === 'owner';
          const expected =
            (removal || reach[actor]?.includes(target) === true) &&
            (managed || !authenticators.includes(action));
          it(`${actor} ${expected ? 'may' : 'may not'} ${action} ${managed ? 'managed' : 'own'} ${target}`, () =>
            expect(checkMemberAction(action, other(actor), { role: target, managed }).ok).toBe(expected));
        }

  it('lets nobody act on themselves', () => {
    for (const action of memberActions)
      for (const role of roleNames)
        expect(checkMemberAction(action, { role, isTarget: true }, { role, managed: true })).toEqual({
          ok: false,
          error: { code: 'self' },
        });
  });

  it('lets admins move only members and guests, to those roles only', () => {
    for (const from of roleNames)
      for (const to of roleNames) {
        const low = (role: Role) => role === 'member' || role === 'guest';
        expect(checkRoleChange(other('owner'), { from, to }).ok).toBe(true);
        expect(checkRoleChange(other('admin'), { from, to }).ok).toBe(low(from) && low(to));
        expect(checkRoleChange(other('member'), { from, to }).ok).toBe(false);
        expect(checkRoleChange(other('guest'), { from, to }).ok).toBe(false);
      }
  });

  it('leaves domains and their policy to owners, and the rest of the office to owners and admins', () => {
    expect(roleNames.filter((role) => mayDo(role, 'manage_domains'))).toEqual(['owner']);
    expect(roleNames.filter((role) => mayDo(role, 'edit_domain_policy'))).toEqual(['owner']);
    for (const action of [
      'edit_second_factor_rule',
      'invite',
      'read_audit',
      'read_board',
      'preview',
    ] as const)
      expect(roleNames.filter((role) => mayDo(role, action))).toEqual(['owner', 'admin']);
  });
});
