'use server';

import { revalidatePath } from 'next/cache';
import { action, done, go, refuse } from '@/lib/action';
import { endOtherOwnSessions, endOwnSession } from '@/lib/session/session-list';
import { endOthersInput, endSessionInput } from './input';

export const endOne = action({
  input: endSessionInput,
  as: 'user',
  run: async ({ session: sessionId }, caller) => {
    const isEnded = await endOwnSession(caller, sessionId);
    if (!isEnded) return refuse('This session has already ended.');
    if (sessionId === caller.session.id) return go('/login');
    revalidatePath('/account/sessions');
    return done('The session was signed out.');
  },
});

export const endOthers = action({
  input: endOthersInput,
  as: 'user',
  run: async (_input, caller) => {
    const count = await endOtherOwnSessions(caller);
    revalidatePath('/account/sessions');
    if (count === 0) return done('There were no other sessions.');
    return done(
      count === 1 ? 'One other session was signed out.' : `${count} other sessions were signed out.`,
    );
  },
});
