import 'server-only';
import { headers } from 'next/headers';
import { clientAddress } from '@/lib/io/client-address';
import { database } from '@/lib/io/db';
import { safeReturnPath } from '@/lib/policy/return-path';
import { arrivalPath } from './arrival';
import { completeSignIn } from './auth';
import { findClaimant } from './claimant';
import { startAgain, stepPath } from './step';
import { issueTicket } from './ticket';

/**
 * Where to go after a proof was recorded, derived anew from the rows: the page of the next step, or, when nothing is left,
 * into the app with a session. Every action of a step ends with `go(await proceed(attemptId))`.
 */
export async function proceed(attemptId: string): Promise<string> {
  const claimant = await findClaimant({ id: attemptId }, clientAddress(await headers()));
  if (claimant === null) return startAgain;
  if (claimant.step !== 'signed_in') return stepPath(claimant.step);
  const ticket = await issueTicket(database(), attemptId);
  if (ticket === null) return startAgain;
  const outcome = await completeSignIn(ticket);
  if (outcome.ok) return arrivalPath(claimant, safeReturnPath(outcome.value.returnTo) ?? '/account');
  switch (outcome.error.code) {
    case 'attempt_expired':
      return startAgain;
    case 'kind_disabled':
      return '/login?error=kind_disabled';
    case 'not_finished':
      return stepPath(outcome.error.step);
  }
}
