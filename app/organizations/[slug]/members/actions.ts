'use server';

import { forbidden, notFound } from 'next/navigation';
import { action, go, type Outcome, refuse } from '@/lib/action';
import { memberActor } from '@/lib/organization/actor';
import { changeRole, type MemberFault, removeMember, setSuspended } from '@/lib/organization/member-changes';
import type { Result } from '@/lib/policy/result';
import { memberInput, roleInput } from './input';

const selfText = 'You cannot do this to yourself. Ask another owner or admin.';
const lastOwnerText = 'This is the last owner. Make somebody else an owner first.';

/** The wrong role is 403 and an unknown member 404, as the pages answer; the rest is said in the form. */
function settled(result: Result<unknown, MemberFault>, slug: string): Outcome {
  if (result.ok) return go(`/organizations/${slug}/members`);
  switch (result.error.code) {
    case 'self':
      return refuse(selfText);
    case 'last_owner':
      return refuse(lastOwnerText);
    case 'unknown_member':
      return notFound();
    case 'not_allowed':
    case 'role':
    case 'not_managed':
      return forbidden();
  }
}

export const changeMemberRole = action({
  input: roleInput,
  as: 'admin',
  stepUp: 'recent',
  run: async ({ organization, member, role, reason }, caller) =>
    settled(await changeRole(memberActor(caller), { memberId: member, role, reason }), organization),
});

export const suspendMember = action({
  input: memberInput,
  as: 'admin',
  stepUp: 'recent',
  run: async ({ organization, member, reason }, caller) =>
    settled(
      await setSuspended(memberActor(caller), { memberId: member, reason, suspended: true }),
      organization,
    ),
});

export const unsuspendMember = action({
  input: memberInput,
  as: 'admin',
  stepUp: 'recent',
  run: async ({ organization, member, reason }, caller) =>
    settled(
      await setSuspended(memberActor(caller), { memberId: member, reason, suspended: false }),
      organization,
    ),
});

export const removeFromOrganization = action({
  input: memberInput,
  as: 'admin',
  stepUp: 'recent',
  run: async ({ organization, member, reason }, caller) =>
    settled(await removeMember(memberActor(caller), { memberId: member, reason }), organization),
});
