'use server';

import { action, go } from '@/lib/action';
import { clearCookie } from '@/lib/session/cookies';
import { disavow } from '@/lib/sign-in/disavowal';
import { notMeInput } from './input';

/** A duty that binds the session must not stand in the way of shutting somebody out. */
export const shutOut = action({
  input: notMeInput,
  as: 'duty',
  run: async (_input, { session, userAgent }) => {
    await disavow(session, userAgent);
    await clearCookie('session');
    return go('/not-me?done=1');
  },
});
