import 'server-only';
import { redirect } from 'next/navigation';
import type { AccountActor } from '@/lib/account/actor';
import { type Transaction, transaction } from '@/lib/io/db';
import type { Result } from '@/lib/policy/result';
import type { FactorMethod } from '@/lib/policy/second-factor';
import { recordEnrollment } from './attempts';
import { actorOf } from './claimant-actor';
import type { Claimant } from './facts';
import { originState } from './origin';
import { requireStep } from './step';

/** Somebody who must set up a second factor now, and may: a code of origin was given where one is needed. */
export type Enrolling = { readonly claimant: Claimant; readonly actor: AccountActor };

/** The gate of every action that enrolls. */
export async function requireEnrolling(): Promise<Enrolling> {
  const claimant = await requireStep('enroll_second_factor');
  const { state } = await originState(claimant, 'enroll');
  if (state !== 'given') redirect('/enroll');
  return { claimant, actor: await actorOf(claimant) };
}

/** Confirms a set-up; its own confirmation counts as this attempt's second factor, in the same transaction. */
export function enroll<T, E>(
  { claimant }: Enrolling,
  method: FactorMethod,
  confirm: (tx: Transaction) => Promise<Result<T, E>>,
): Promise<Result<T, E>> {
  return transaction(async (tx) => {
    const confirmed = await confirm(tx);
    if (confirmed.ok) await recordEnrollment(tx, claimant.attempt.id, method);
    return confirmed;
  });
}
