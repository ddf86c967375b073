import type { MemberQuery } from '@/lib/organization/members';
import { type Role, roleNames } from '@/lib/policy/roles';

/** What the address of the members page may say; anything else is left out. */
export type MembersAddress = Readonly<Record<string, string | readonly string[] | undefined>>;

const one = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

export const roleOf = (value: string | readonly string[] | undefined): Role | undefined =>
  roleNames.find((role) => role === value);

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The filters and the place in the list that an address names. */
export function queryOf(address: MembersAddress): MemberQuery {
  const search = one(address.search)?.slice(0, 100);
  const role = roleOf(address.role);
  const [name, id] = [one(address.after_name), one(address.after)];
  return {
    ...(search ? { search } : {}),
    ...(role ? { role } : {}),
    ...(address.state === 'suspended' ? { suspended: true } : {}),
    ...(name !== undefined && id !== undefined && uuid.test(id) ? { after: { name, id } } : {}),
  };
}

/** The member a panel is about, where the address names one. */
export const memberOf = (address: MembersAddress): string | undefined => {
  const id = one(address.member);
  return id !== undefined && uuid.test(id) ? id : undefined;
};

/** An address of this page with these parameters, empty ones left out. */
export function membersHref(slug: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams(
    Object.entries(parameters).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  const text = query.toString();
  return `/organizations/${slug}/members${text ? `?${text}` : ''}`;
}
