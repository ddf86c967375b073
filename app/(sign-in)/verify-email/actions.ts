'use server';

import { wishRefusalText } from '@/lib/account/wish-text';
import { action, go, refuse } from '@/lib/action';
import { createOrganization } from '@/lib/organization/organizations';
import { checkDisplayName, nameFaultText } from '@/lib/policy/display-name';
import { holdAttempt } from '@/lib/sign-in/login';
import { proceed } from '@/lib/sign-in/proceed';
import { registerBySignUp } from '@/lib/sign-in/sign-up';
import { registrationInput } from './input';

const gone = 'This link was used already or is too old. Ask for a new one under “Create an account”.';

export const createAccount = action({
  input: registrationInput,
  as: 'anyone',
  run: async ({ token, password, ...typed }, { address, userAgent }) => {
    const name = checkDisplayName(typed.name);
    const organization = checkDisplayName(typed.organization);
    if (!name.ok || !organization.ok)
      return refuse('Some fields need mending.', {
        ...(name.ok ? {} : { name: nameFaultText(name.error, 'Your name') }),
        ...(organization.ok
          ? {}
          : { organization: nameFaultText(organization.error, 'The organization’s name') }),
      });
    const wanted = { password, name: name.value, organization: organization.value, address, userAgent };
    const begun = await registerBySignUp(token, wanted, async (tx, ownerAccountId) => {
      const made = await createOrganization(tx, { name: organization.value, ownerAccountId });
      return made.ok;
    });
    if (begun.ok) {
      await holdAttempt(begun.value);
      return go(await proceed(begun.value.id));
    }
    switch (begun.error.code) {
      case 'link_gone':
        return refuse(gone);
      case 'account_exists':
        return refuse('There is an account with this address already. Sign in with it.');
      case 'busy':
        return refuse(wishRefusalText(begun.error));
      default:
        return refuse('There is one thing to mend.', { password: wishRefusalText(begun.error) });
    }
  },
});
