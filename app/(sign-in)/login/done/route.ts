import { redirect } from 'next/navigation';
import { proceed } from '@/lib/sign-in/proceed';
import { currentClaimant, startAgain, stepPath } from '@/lib/sign-in/step';

/** Where somebody lands whose steps are all done without the session having been made: it is made now. */
export async function GET(): Promise<never> {
  const claimant = await currentClaimant();
  if (claimant === null) redirect(startAgain);
  redirect(claimant.step === 'signed_in' ? await proceed(claimant.attempt.id) : stepPath(claimant.step));
}
