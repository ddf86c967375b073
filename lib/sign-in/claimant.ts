import 'server-only';
import { database } from '@/lib/io/db';
import { outageOf } from '@/lib/io/outage';
import { findClaimantRow, type WhichAttempt } from './claimant-row';
import { type Claimant, claimantOf } from './facts';

/** Where an attempt stands at this moment, from one query; null when it is not open any more, or is at an email nobody has. */
export async function findClaimant(which: WhichAttempt, address: string | null): Promise<Claimant | null> {
  try {
    const row = await findClaimantRow(database(), which);
    return row === null ? null : claimantOf(row, address);
  } catch (error) {
    throw outageOf(error) ?? error;
  }
}
