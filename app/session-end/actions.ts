'use server';

import { action, done, go } from '@/lib/action';
import { safeReturnPath } from '@/lib/policy/return-path';
import { leave } from '@/lib/sign-in/departure';
import { endsAfterActivity } from './ends';
import { signInAgainInput, stayInput } from './input';

/** Pressing the button is the activity; the door of the action writes it. */
export const staySignedIn = action({
  input: stayInput,
  as: 'user',
  run: async (_input, { session }) =>
    done('You stay signed in.', { ends: JSON.stringify(endsAfterActivity(session)) }),
});

export const signInAgain = action({
  input: signInAgainInput,
  as: 'anyone',
  run: async ({ return_to: given }) => {
    await leave();
    const path = safeReturnPath(given);
    return go(path === null ? '/login' : `/login?return_to=${encodeURIComponent(path)}`);
  },
});
