import { redirect } from 'next/navigation';
import { currentSession, requireSession } from '@/lib/session/current';
import type { AtContactEmail } from '@/lib/sign-in/contact-step';
import { requireStep } from '@/lib/sign-in/step';

/** Whoever stands at this page: somebody signed in whom the duty binds, else the claimant whose step it is. */
export async function whoIsHere(): Promise<AtContactEmail> {
  const found = await currentSession();
  if (found.state !== 'running') return { claimant: await requireStep('contact_email'), session: null };
  const session = await requireSession({ despite: 'duty' });
  if (session.duty?.step !== 'contact_email') redirect('/account/contact-email');
  return { claimant: null, session };
}
