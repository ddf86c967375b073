import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { clientAddress } from '@/lib/io/client-address';
import type { SignInStep } from '@/lib/policy/sign-in';
import { readCookie } from '@/lib/session/cookies';
import { leaveOnOutage } from '@/lib/session/outage-page';
import { findClaimant } from './claimant';
import type { Claimant } from './facts';

/** A step that somebody with a right password can stand at. */
export type ClaimantStep = Exclude<SignInStep, 'address_refused' | 'locked_out' | 'password'>;

const paths = {
  address_refused: '/login?error=address_refused',
  locked_out: '/login?error=locked_out',
  password: '/login',
  second_factor: '/second-factor',
  change_password: '/change-password',
  contact_email: '/contact-email',
  enroll_second_factor: '/enroll',
  save_backup_codes: '/backup-codes',
  signed_in: '/login/done',
} as const satisfies Record<SignInStep, string>;

/** The page of a step. */
export const stepPath = (step: SignInStep): string => paths[step];

/** The claimant behind this request's attempt cookie, never kept over requests. Actions read it anew through `requireStep`. */
export async function readClaimant(): Promise<Claimant | null> {
  const token = await readCookie('attempt');
  if (!token) return null;
  try {
    return await findClaimant({ token }, clientAddress(await headers()));
  } catch (error) {
    return leaveOnOutage(error);
  }
}

/** The claimant, read once a page. */
export const currentClaimant = cache(readClaimant);

/** Somebody came without an open attempt: too late, or never begun. */
export const startAgain = '/login?error=start_again';

/**
 * The gate of every page and action of a step: the claimant who stands exactly there. Everybody else is led to where they
 * stand; without an open attempt to the beginning, which says "please start again". Fields of later steps reach nothing.
 */
export async function requireStep(step: ClaimantStep): Promise<Claimant> {
  const claimant = await readClaimant();
  if (claimant === null) redirect(startAgain);
  if (claimant.step !== step) redirect(stepPath(claimant.step));
  return claimant;
}

/** After a proof was recorded: where to go next, derived anew from the rows. */
export async function pathAfter(attemptId: string): Promise<string> {
  const claimant = await findClaimant({ id: attemptId }, clientAddress(await headers()));
  return claimant === null ? startAgain : stepPath(claimant.step);
}
