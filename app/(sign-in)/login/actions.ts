'use server';

import { action, go, refuse } from '@/lib/action';
import { safeReturnPath } from '@/lib/policy/return-path';
import { signInWithPassword } from '@/lib/sign-in/login';
import { proceed } from '@/lib/sign-in/proceed';
import { isHelpedByReset, loginRefusalText } from '@/lib/sign-in/refusal-text';
import { loginInput } from './input';

export const signIn = action({
  input: loginInput,
  as: 'anyone',
  run: async ({ email: { email, domain }, password, return_to }, caller) => {
    const returnTo = safeReturnPath(return_to);
    const { address, userAgent } = caller;
    const begun = await signInWithPassword({ email, domain, password, returnTo, address, userAgent });
    if (begun.ok) return go(await proceed(begun.value.id));
    const { refusal, now } = begun.error;
    const text = loginRefusalText(refusal, now);
    return refuse(text, isHelpedByReset(refusal) ? { reset: 'Reset your password to get in now' } : {});
  },
});
