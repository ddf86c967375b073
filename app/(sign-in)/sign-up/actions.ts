'use server';

import { action, done, refuse } from '@/lib/action';
import { tooManyText } from '@/lib/sign-in/refusal-text';
import { requestSignUp } from '@/lib/sign-in/sign-up-request';
import { signUpInput } from './input';

export const askForLink = action({
  input: signUpInput,
  as: 'anyone',
  run: async ({ email: { email } }, { address }) => {
    const asked = await requestSignUp({ email, address });
    return asked.ok ? done('Sent', { email }) : refuse(tooManyText(asked.error.retryAfterSeconds));
  },
});
