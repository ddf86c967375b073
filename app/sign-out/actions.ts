'use server';

import { redirect } from 'next/navigation';
import { leave } from '@/lib/sign-in/departure';

/** Ends the session or the half-finished sign-in of this browser. It needs no right: whoever holds the cookie may drop it. */
export async function signOut(): Promise<void> {
  await leave();
  redirect('/login');
}
