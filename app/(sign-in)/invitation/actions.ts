'use server';

import { wishRefusalText } from '@/lib/account/wish-text';
import { action, go, type Outcome, refuse } from '@/lib/action';
import {
  acceptInvitation,
  acceptInvitationFor,
  findInvitation,
} from '@/lib/organization/invitation-acceptance';
import { checkDisplayName, nameFaultText } from '@/lib/policy/display-name';
import { registerByInvitation } from '@/lib/sign-in/invitation';
import { holdAttempt } from '@/lib/sign-in/login';
import { proceed } from '@/lib/sign-in/proceed';
import type { RegistrationRefusal } from '@/lib/sign-in/registration';
import { acceptInput, invitedInput } from './input';

const goneText = 'This invitation was used already, was taken back or is too old. Ask for a new one.';

/** For somebody signed in with the invited address. */
export const acceptAsMyself = action({
  input: acceptInput,
  as: 'user',
  run: async ({ token }, { session, address, userAgent }) => {
    const actor = { accountId: session.accountId, sessionId: session.id, address, userAgent };
    const joined = await acceptInvitationFor(actor, token);
    return joined.ok ? go(`/organizations/${joined.value.slug}`) : refuse(goneText);
  },
});

function refusalOf(refusal: RegistrationRefusal): Outcome {
  switch (refusal.code) {
    case 'link_gone':
      return refuse(goneText);
    case 'account_exists':
      return refuse('You have an account already. Sign in, then accept the invitation.');
    case 'busy':
      return refuse(wishRefusalText(refusal));
    default:
      return refuse('There is one thing to mend.', { password: wishRefusalText(refusal) });
  }
}

/** For somebody who has no account yet. */
export const acceptWithNewAccount = action({
  input: invitedInput,
  as: 'anyone',
  run: async ({ token, password, ...typed }, { address, userAgent }) => {
    const name = checkDisplayName(typed.name);
    if (!name.ok)
      return refuse('There is one thing to mend.', { name: nameFaultText(name.error, 'Your name') });
    const found = await findInvitation(token);
    if (found === null || found.state !== 'open') return refuse(goneText);
    const { email, organization, slug } = found;
    const person = { email, name: name.value, password, address, userAgent };
    const invited = { ...person, organization, joining: found, slug };
    const begun = await registerByInvitation(invited, async (tx, accountId) => {
      const joined = await acceptInvitation(tx, { token, accountId, createdAccount: true });
      return joined.ok;
    });
    if (!begun.ok) return refusalOf(begun.error);
    await holdAttempt(begun.value);
    return go(await proceed(begun.value.id));
  },
});
