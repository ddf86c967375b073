'use server';

import {
  choiceInput,
  codeInput,
  madePasskeyInput,
  newPasskeyInput,
  numberInput,
} from '@/app/factor-set-up/input';
import { addPasskey } from '@/lib/account/passkeys';
import {
  heldText,
  passkeyRefusalText,
  phoneRefusalText,
  sendRefusalText,
  setUpRefusalText,
} from '@/lib/account/refusal-text';
import { startPasskey, startSms, startTotp } from '@/lib/account/set-up';
import { confirmSms } from '@/lib/account/sms';
import { confirmTotp } from '@/lib/account/totp';
import { action, done, go, refuse } from '@/lib/action';
import { enroll, requireEnrolling } from '@/lib/sign-in/enrollment';
import { proceed } from '@/lib/sign-in/proceed';

export const choose = action({
  input: choiceInput,
  as: 'anyone',
  run: async ({ method }) => {
    const { actor, claimant } = await requireEnrolling();
    const begun = method === 'totp' ? await startTotp(actor) : null;
    if (begun?.ok === false) return refuse(heldText(begun.error, claimant.now));
    return go(`/enroll?method=${method}`);
  },
});

export const finishTotp = action({
  input: codeInput,
  as: 'anyone',
  run: async ({ code }) => {
    const enrolling = await requireEnrolling();
    const confirmed = await enroll(enrolling, 'totp', (tx) => confirmTotp(tx, enrolling.actor, code));
    if (confirmed.ok) return go(await proceed(enrolling.claimant.attempt.id));
    const text = setUpRefusalText(confirmed.error, enrolling.claimant.now);
    return refuse(text, { code: text });
  },
});

export const sendToNumber = action({
  input: numberInput,
  as: 'anyone',
  run: async (typed) => {
    const { actor, claimant } = await requireEnrolling();
    const sent = await startSms(actor, typed, claimant.policy.values.codeLifetimeMinutes);
    if (sent.ok) return go('/enroll?method=sms');
    const text =
      sent.error.code === 'phone'
        ? phoneRefusalText(sent.error.refusal)
        : sendRefusalText(sent.error.refusal, claimant.now);
    return refuse(text, { number: text });
  },
});

export const finishSms = action({
  input: codeInput,
  as: 'anyone',
  run: async ({ code }) => {
    const enrolling = await requireEnrolling();
    const confirmed = await enroll(enrolling, 'sms', (tx) => confirmSms(tx, enrolling.actor, code));
    if (confirmed.ok) return go(await proceed(enrolling.claimant.attempt.id));
    const text = setUpRefusalText(confirmed.error, enrolling.claimant.now);
    return refuse(text, { code: text });
  },
});

export const askForNewPasskey = action({
  input: newPasskeyInput,
  as: 'anyone',
  run: async ({ name }) => {
    const { actor, claimant } = await requireEnrolling();
    const begun = await startPasskey(actor, claimant.account);
    return begun.ok ? done('', { name, options: begun.value }) : refuse(heldText(begun.error, claimant.now));
  },
});

export const finishPasskey = action({
  input: madePasskeyInput,
  as: 'anyone',
  run: async ({ name, answer }) => {
    const enrolling = await requireEnrolling();
    const made = { name, response: answer };
    const added = await enroll(enrolling, 'passkey', (tx) => addPasskey(tx, enrolling.actor, made));
    if (added.ok) return go(await proceed(enrolling.claimant.attempt.id));
    return refuse(passkeyRefusalText(added.error));
  },
});
