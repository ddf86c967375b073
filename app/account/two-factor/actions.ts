'use server';

import { revalidatePath } from 'next/cache';
import { choiceInput, codeInput, numberInput } from '@/app/factor-set-up/input';
import { chooseDefault, finishSetUp, removeOne } from '@/lib/account/own-factors';
import { actorOf } from '@/lib/account/reauthentication';
import {
  emailCodeRefusalText,
  heldText,
  phoneRefusalText,
  removalRefusalText,
  sendRefusalText,
  setUpRefusalText,
} from '@/lib/account/refusal-text';
import { startEmailCode, startSms, startTotp } from '@/lib/account/set-up';
import { action, done, go, type Outcome, refuse } from '@/lib/action';
import type { CurrentSession } from '@/lib/session/current';
import { defaultInput, removeInput } from './input';

type Caller = { readonly session: CurrentSession; readonly userAgent: string | null };

export const choose = action({
  input: choiceInput,
  as: 'user',
  stepUp: 'strongest',
  run: async ({ method }, { session, userAgent }) => {
    const actor = actorOf(session, userAgent);
    if (method === 'passkey') return go('/account/passkeys');
    if (method === 'totp') {
      const begun = await startTotp(actor);
      if (!begun.ok) return refuse(heldText(begun.error, session.now));
    }
    if (method === 'email') {
      const sent = await startEmailCode(actor, session.policy.values.codeLifetimeMinutes);
      if (!sent.ok) return refuse(emailCodeRefusalText(sent.error, session.now));
    }
    return go(`/account/two-factor?method=${method}`);
  },
});

export const sendToNumber = action({
  input: numberInput,
  as: 'user',
  stepUp: 'strongest',
  run: async (typed, { session, userAgent }) => {
    const actor = actorOf(session, userAgent);
    const sent = await startSms(actor, typed, session.policy.values.codeLifetimeMinutes);
    if (sent.ok) return go('/account/two-factor?method=sms');
    const text =
      sent.error.code === 'phone'
        ? phoneRefusalText(sent.error.refusal)
        : sendRefusalText(sent.error.refusal, session.now);
    return refuse(text, { number: text });
  },
});

async function finish(method: 'totp' | 'sms' | 'email', code: string, caller: Caller): Promise<Outcome> {
  const { session, userAgent } = caller;
  const finished = await finishSetUp(actorOf(session, userAgent), method, code);
  if (!finished.ok) {
    const text = setUpRefusalText(finished.error, session.now);
    return refuse(text, { code: text });
  }
  return go(finished.value.unsavedCodes ? '/account/backup-codes' : `/account/two-factor?done=${method}`);
}

export const finishTotp = action({
  input: codeInput,
  as: 'user',
  run: ({ code }, caller) => finish('totp', code, caller),
});

export const finishSms = action({
  input: codeInput,
  as: 'user',
  run: ({ code }, caller) => finish('sms', code, caller),
});

export const finishEmail = action({
  input: codeInput,
  as: 'user',
  run: ({ code }, caller) => finish('email', code, caller),
});

export const remove = action({
  input: removeInput,
  as: 'user',
  stepUp: 'strongest',
  run: async (factor, { session, userAgent }) => {
    const removed = await removeOne(session, userAgent, factor);
    if (!removed.ok) return refuse(removalRefusalText(removed.error));
    revalidatePath('/account', 'layout');
    return done('Removed. Your other sessions were signed out.');
  },
});

export const makeDefault = action({
  input: defaultInput,
  as: 'user',
  run: async ({ method }, { session, userAgent }) => {
    if (!(await chooseDefault(actorOf(session, userAgent), method)))
      return refuse('This method is not set up any more.');
    revalidatePath('/account/two-factor');
    return done('Sign-in now asks for this method first.');
  },
});
