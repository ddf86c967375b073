'use server';

import { redirect } from 'next/navigation';
import { leaveOnOutage } from '@/lib/session/outage-page';
import { leave } from '@/lib/sign-in/departure';

/**
 * Ends the session or the half-finished sign-in of this browser. It needs no right: whoever holds the cookie may drop
 * it. The form says nothing, but the server in front lets no call through that has none.
 */
export async function signOut(_form: FormData): Promise<void> {
  try {
    await leave();
  } catch (error) {
    return leaveOnOutage(error);
  }
  redirect('/login');
}
