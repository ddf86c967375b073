'use server';

import { revalidatePath } from 'next/cache';
import { action, done, type Outcome, refuse } from '@/lib/action';
import {
  type ApprovalFault,
  approveClaim,
  rejectClaim,
  switchApproval,
} from '@/lib/organization/claim-approval';
import type { CurrentSession } from '@/lib/session/current';
import { approveInput, rejectInput, switchInput } from './input';

const page = '/operator/claims';

const refusals = {
  unknown_claim: 'This claim does not wait any more. Reload the page to see what became of it.',
  held_elsewhere: 'Another organization holds this domain meanwhile. Nothing was changed.',
} as const satisfies Record<ApprovalFault['code'], string>;

type Caller = {
  readonly session: CurrentSession;
  readonly address: string | null;
  readonly userAgent: string | null;
};

const actorOf = ({ session, address, userAgent }: Caller) => ({
  accountId: session.accountId,
  sessionId: session.id,
  address,
  userAgent,
});

function settled(message: string): Outcome {
  revalidatePath(page);
  return done(message);
}

export const approve = action({
  input: approveInput,
  as: 'operator',
  stepUp: 'operator',
  run: async ({ claim }, caller) => {
    const approved = await approveClaim(actorOf(caller), claim);
    return approved.ok ? settled('Approved') : refuse(refusals[approved.error.code]);
  },
});

export const reject = action({
  input: rejectInput,
  as: 'operator',
  stepUp: 'operator',
  run: async ({ claim, reason }, caller) => {
    const rejected = await rejectClaim(actorOf(caller), { claimId: claim, reason });
    return rejected.ok ? settled('Rejected') : refuse(refusals[rejected.error.code]);
  },
});

export const setApproval = action({
  input: switchInput,
  as: 'operator',
  stepUp: 'operator',
  run: async ({ approval }, caller) => {
    await switchApproval(actorOf(caller), approval === 'on');
    return settled('Saved');
  },
});
