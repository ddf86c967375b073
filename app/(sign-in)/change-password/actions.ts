'use server';

import type { ChangeRefusal } from '@/lib/account/password-change';
import { changeOwnPassword } from '@/lib/account/password-change';
import { passwordRefusalText } from '@/lib/account/refusal-text';
import { wishRefusalText } from '@/lib/account/wish-text';
import { action, done, go, type Outcome, refuse } from '@/lib/action';
import { safeReturnPath } from '@/lib/policy/return-path';
import { changeDuePassword } from '@/lib/sign-in/forced-change';
import { proceed } from '@/lib/sign-in/proceed';
import { requireStep } from '@/lib/sign-in/step';
import { changeInput, forcedChangeInput } from './input';

function refusalOf(refusal: ChangeRefusal, now: number): Outcome {
  switch (refusal.code) {
    case 'current':
      return refuse('Your current password was not accepted.', {
        currentPassword: passwordRefusalText(refusal.refusal, now),
      });
    case 'refused':
      return refuse('There is one thing to mend.', { newPassword: wishRefusalText(refusal) });
    default:
      return refuse(wishRefusalText(refusal));
  }
}

/** The forced step of a sign-in. */
export const changeAtSignIn = action({
  input: forcedChangeInput,
  as: 'anyone',
  run: async ({ newPassword }, client) => {
    const claimant = await requireStep('change_password');
    const changed = await changeDuePassword(claimant, newPassword, client);
    return changed.ok ? go(await proceed(claimant.attempt.id)) : refusalOf(changed.error, claimant.now);
  },
});

/** A duty that came up while signed in; a page that was being filled in is returned to. */
export const changeAsDuty = action({
  input: changeInput,
  as: 'duty',
  run: async (
    { currentPassword: current, newPassword: wanted, return_to },
    { session, address, userAgent },
  ) => {
    const changed = await changeOwnPassword(session, { current, wanted, address, userAgent });
    return changed.ok ? go(safeReturnPath(return_to) ?? '/account') : refusalOf(changed.error, session.now);
  },
});

/** By choice, on the account's own page. */
export const changeByChoice = action({
  input: changeInput,
  as: 'user',
  run: async ({ currentPassword: current, newPassword: wanted }, { session, address, userAgent }) => {
    const changed = await changeOwnPassword(session, { current, wanted, address, userAgent });
    return changed.ok
      ? done('Your password is changed. Other sessions have ended.')
      : refusalOf(changed.error, session.now);
  },
});
