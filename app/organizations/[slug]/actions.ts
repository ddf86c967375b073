'use server';

import { action, go, refuse } from '@/lib/action';
import { memberActor } from '@/lib/organization/actor';
import { leaveOrganization } from '@/lib/organization/member-changes';
import { leaveInput } from './input';

export const leave = action({
  input: leaveInput,
  as: 'guest',
  run: async (_input, caller) => {
    const left = await leaveOrganization(memberActor(caller));
    if (left.ok) return go('/organizations');
    return refuse(
      left.error.code === 'last_owner'
        ? 'You are the last owner. Make somebody else an owner first, then leave.'
        : 'You are not a member here any more.',
    );
  },
});
