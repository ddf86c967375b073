'use server';

import { passkeyRefusalText } from '@/lib/account/refusal-text';
import { action, done, go, refuse } from '@/lib/action';
import { safeReturnPath } from '@/lib/policy/return-path';
import { passkeyLoginOptions, signInWithPasskey } from '@/lib/sign-in/passkey-login';
import { proceed } from '@/lib/sign-in/proceed';
import { passkeyBeginInput, passkeyLoginInput } from './passkey-input';

export const beginPasskeyLogin = action({
  input: passkeyBeginInput,
  as: 'anyone',
  run: async (_input, { address }) => {
    const options = await passkeyLoginOptions(address);
    return options.ok
      ? done('', { options: options.value })
      : refuse(
          `There were too many tries from here. Try again in ${options.error.retryAfterSeconds} seconds.`,
        );
  },
});

export const finishPasskeyLogin = action({
  input: passkeyLoginInput,
  as: 'anyone',
  run: async ({ answer, return_to }, { address, userAgent }) => {
    const begun = await signInWithPasskey({
      answer,
      returnTo: safeReturnPath(return_to),
      address,
      userAgent,
    });
    return begun.ok ? go(await proceed(begun.value.id)) : refuse(passkeyRefusalText(begun.error));
  },
});
