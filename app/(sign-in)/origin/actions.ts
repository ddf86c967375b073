'use server';

import { revalidatePath } from 'next/cache';
import { sendRefusalText, setUpRefusalText } from '@/lib/account/refusal-text';
import { action, done, go, refuse } from '@/lib/action';
import { sendOriginCode, verifyOriginCode } from '@/lib/sign-in/origin';
import { requireStep, stepPath } from '@/lib/sign-in/step';
import { originCodeInput, originSendInput } from './input';

export const sendOrigin = action({
  input: originSendInput,
  as: 'anyone',
  run: async ({ step }, client) => {
    const claimant = await requireStep(step);
    const sent = await sendOriginCode(claimant, client);
    if (sent.ok) {
      revalidatePath(stepPath(step));
      return done('We sent a code.');
    }
    if (sent.error.code === 'no_address') return go(stepPath(step));
    return refuse(sendRefusalText(sent.error, claimant.now));
  },
});

export const verifyOrigin = action({
  input: originCodeInput,
  as: 'anyone',
  run: async ({ step, code }, client) => {
    const claimant = await requireStep(step);
    const proven = await verifyOriginCode(claimant, code, client);
    if (proven.ok) return go(stepPath(step));
    return refuse('There is one thing to mend.', { code: setUpRefusalText(proven.error, claimant.now) });
  },
});
