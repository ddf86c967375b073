'use server';

import { revalidatePath } from 'next/cache';
import {
  factorRefusalText,
  handOverRefusalText,
  passkeyRefusalText,
  sendRefusalText,
} from '@/lib/account/refusal-text';
import { action, done, go, refuse } from '@/lib/action';
import { proceed } from '@/lib/sign-in/proceed';
import {
  answerByPasskey,
  answerHandOver,
  answerSecondFactor,
  passkeyOptions,
  sendSignInCode,
} from '@/lib/sign-in/second-factor';
import { requireStep, startAgain } from '@/lib/sign-in/step';
import { answerInput, nothing, passkeyInput, pinInput, sendInput } from './input';

export const verifyCode = action({
  input: answerInput,
  as: 'anyone',
  run: async (answer) => {
    const claimant = await requireStep('second_factor');
    const proof = await answerSecondFactor(claimant, answer);
    if (proof.ok) return go(await proceed(claimant.attempt.id));
    if (proof.error.code === 'attempt_expired') return go(startAgain);
    const text = factorRefusalText(proof.error, claimant.now);
    return refuse(text, { code: text });
  },
});

export const verifyPin = action({
  input: pinInput,
  as: 'anyone',
  run: async ({ code: typed }) => {
    const claimant = await requireStep('second_factor');
    const proof = await answerHandOver(claimant, typed);
    if (proof.ok) return go(await proceed(claimant.attempt.id));
    if (proof.error.code === 'attempt_expired') return go(startAgain);
    if (proof.error.code === 'pin_gone') revalidatePath('/second-factor');
    const text = handOverRefusalText(proof.error);
    return refuse(text, { code: text });
  },
});

export const sendNewCode = action({
  input: sendInput,
  as: 'anyone',
  run: async ({ method }) => {
    const claimant = await requireStep('second_factor');
    const sent = await sendSignInCode(claimant, method);
    if (!sent.ok) return refuse(sendRefusalText(sent.error, claimant.now));
    revalidatePath('/second-factor');
    return done('A new code is on its way. Older ones no longer work.');
  },
});

export const beginPasskey = action({
  input: nothing,
  as: 'anyone',
  run: async () => done('', { options: await passkeyOptions(await requireStep('second_factor')) }),
});

export const verifyPasskey = action({
  input: passkeyInput,
  as: 'anyone',
  run: async ({ answer }) => {
    const claimant = await requireStep('second_factor');
    const proof = await answerByPasskey(claimant, answer);
    if (proof.ok) return go(await proceed(claimant.attempt.id));
    return proof.error.code === 'attempt_expired' ? go(startAgain) : refuse(passkeyRefusalText(proof.error));
  },
});
