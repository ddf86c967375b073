'use server';

import { revalidatePath } from 'next/cache';
import { forbidden, notFound } from 'next/navigation';
import { action, done, refuse } from '@/lib/action';
import { memberActor } from '@/lib/organization/actor';
import {
  type InvitationOutcome,
  invitationsPerDay,
  invite,
  revokeInvitation,
} from '@/lib/organization/invitations';
import { inviteInput, revokeInvitationInput } from './input';

const people = (count: number) => (count === 1 ? 'One invitation was' : `${count} invitations were`);

/** What became of a list of addresses, in one line each. */
function summary(outcomes: readonly InvitationOutcome[]): { readonly sent: number; readonly left: string } {
  const of = (outcome: InvitationOutcome['outcome']) => outcomes.filter((one) => one.outcome === outcome);
  const members = of('already_member').map((one) => one.email);
  const late = of('daily_limit').map((one) => one.email);
  const left = [
    ...(members.length > 0 ? [`Already a member: ${members.join(', ')}.`] : []),
    ...(late.length > 0
      ? [
          `Not sent: ${late.join(', ')}. Until a domain is verified or on a paid plan, ${invitationsPerDay} invitations a day can be sent. Send these tomorrow.`,
        ]
      : []),
  ];
  return { sent: of('invited').length, left: left.join(' ') };
}

export const sendInvitations = action({
  input: inviteInput,
  as: 'admin',
  run: async ({ organization, emails, role }, caller) => {
    const invited = await invite(memberActor(caller), { emails, role });
    if (!invited.ok) {
      if (invited.error.code === 'not_allowed') return forbidden();
      return refuse('There is one thing to mend.', {
        role: 'Only an owner can give this role. Choose another.',
      });
    }
    revalidatePath(`/organizations/${organization}/members/invitations`);
    const { sent, left } = summary(invited.value);
    if (left !== '') return refuse(sent > 0 ? `${people(sent)} sent. ${left}` : left);
    return done(`${people(sent)} sent.`);
  },
});

export const takeBack = action({
  input: revokeInvitationInput,
  as: 'admin',
  run: async ({ organization, invitation }, caller) => {
    const revoked = await revokeInvitation(memberActor(caller), invitation);
    if (!revoked.ok) return revoked.error.code === 'not_allowed' ? forbidden() : notFound();
    revalidatePath(`/organizations/${organization}/members/invitations`);
    return done('The invitation was taken back.');
  },
});
