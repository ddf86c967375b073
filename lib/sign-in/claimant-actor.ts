import 'server-only';
import { headers } from 'next/headers';
import type { AccountActor } from '@/lib/account/actor';
import { clientAddress } from '@/lib/io/client-address';
import type { Claimant } from './facts';

/** The claimant as the capabilities of an account name who asks. */
export async function actorOf({ account, attempt }: Claimant): Promise<AccountActor> {
  const given = await headers();
  return {
    accountId: account.id,
    binding: { attemptId: attempt.id },
    address: clientAddress(given),
    userAgent: given.get('user-agent'),
  };
}
