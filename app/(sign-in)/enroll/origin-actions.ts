'use server';

import { codeInput, nothing } from '@/app/factor-set-up/input';
import { factorRefusalText, sendRefusalText } from '@/lib/account/refusal-text';
import { action, done, go, refuse } from '@/lib/action';
import { sendOriginCode, verifyOriginCode } from '@/lib/sign-in/origin';
import { requireStep } from '@/lib/sign-in/step';

export const sendOrigin = action({
  input: nothing,
  as: 'anyone',
  run: async (_input, client) => {
    const claimant = await requireStep('enroll_second_factor');
    const sent = await sendOriginCode(claimant, client);
    if (sent.ok) return done('A code is on its way.');
    return sent.error.code === 'no_address'
      ? go('/enroll')
      : refuse(sendRefusalText(sent.error, claimant.now));
  },
});

export const verifyOrigin = action({
  input: codeInput,
  as: 'anyone',
  run: async ({ code }, client) => {
    const claimant = await requireStep('enroll_second_factor');
    const proven = await verifyOriginCode(claimant, code, client);
    if (proven.ok) return go('/enroll');
    const text = factorRefusalText(proven.error, claimant.now);
    return refuse(text, { code: text });
  },
});
