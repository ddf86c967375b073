import 'server-only';
import type { Claimant } from './facts';

/** The steps of one sign-in as a row, and where the claimant stands in it, counted from 0. */
export type Way = { readonly names: readonly string[]; readonly current: number };

/** Steps already done stay in the row, so that it does not shrink while somebody goes along it. */
export function wayOf({ facts, attempt, step }: Claimant): Way {
  const isEnrolling = attempt.enrolledMethod !== null;
  const steps = [
    ['password', 'Password', true],
    ['second_factor', 'Second factor', facts.secondFactorBound && !isEnrolling],
    ['change_password', 'New password', facts.passwordChangeDue || attempt.passwordChangedAt !== null],
    ['contact_email', 'Contact email', facts.contactEmailRequired && !facts.contactEmailVerified],
    [
      'enroll_second_factor',
      'Set up two-factor',
      isEnrolling || (facts.secondFactorRequired && !facts.secondFactorStrongEnough),
    ],
    ['save_backup_codes', 'Backup codes', facts.backupCodesUnsaved],
  ] as const;
  const shown = steps.filter(([name, , isPart]) => isPart || name === step);
  const current = shown.findIndex(([name]) => name === step);
  return { names: shown.map(([, label]) => label), current: Math.max(0, current) };
}
