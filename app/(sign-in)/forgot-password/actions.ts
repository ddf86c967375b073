'use server';

import { action, done, refuse } from '@/lib/action';
import { tooManyText } from '@/lib/sign-in/refusal-text';
import { requestReset } from '@/lib/sign-in/reset';
import { forgotInput } from './input';

export const askForReset = action({
  input: forgotInput,
  as: 'anyone',
  run: async ({ email: { email } }, { address, userAgent }) => {
    const asked = await requestReset({ email, address, userAgent });
    return asked.ok ? done('Sent', { email }) : refuse(tooManyText(asked.error.retryAfterSeconds));
  },
});
