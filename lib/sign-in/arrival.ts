import 'server-only';
import { backupCodesLow } from '@/lib/policy/typed-code';
import type { Claimant } from './facts';

type Arriving = {
  readonly attempt: Pick<Claimant['attempt'], 'secondFactorMethod'>;
  readonly factors: Pick<Claimant['factors'], 'backup' | 'deadlines'>;
  readonly now: number;
};

/**
 * Where a complete sign-in arrives. Who used one of the last backup codes is told of it first; who must set up a second factor to
 * enter one of several organizations is offered that first, and may leave it aside (spec 3.2, 3.3). Both lead on to where the
 * person wanted to go.
 */
export function arrivalPath({ attempt, factors, now }: Arriving, wanted: string): string {
  const next = `?return_to=${encodeURIComponent(wanted)}`;
  const left = factors.backup?.left ?? 0;
  if (attempt.secondFactorMethod === 'backup' && left <= backupCodesLow)
    return `/account/backup-codes${next}`;
  const isClosed = factors.deadlines.some(
    ({ deadline, mandate }) => mandate.kind === 'organization' && deadline <= now,
  );
  return isClosed ? `/account/two-factor${next}` : wanted;
}
