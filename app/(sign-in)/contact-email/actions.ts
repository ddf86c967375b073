'use server';

import { revalidatePath } from 'next/cache';
import { factorRefusalText, heldText, waitText } from '@/lib/account/refusal-text';
import { action, done, go, refuse } from '@/lib/action';
import { deferContactEmail, enterContactEmail, verifyContactEmail } from '@/lib/sign-in/contact-step';
import { proceed } from '@/lib/sign-in/proceed';
import { requireStep } from '@/lib/sign-in/step';
import { contactCodeInput, contactEmailInput, nothingInput } from './input';
import { whoIsHere } from './who';

const nowOf = (who: Awaited<ReturnType<typeof whoIsHere>>) => (who.claimant ?? who.session).now;

export const sendContactCode = action({
  input: contactEmailInput,
  as: 'anyone',
  run: async ({ email: { email } }, client) => {
    const who = await whoIsHere();
    const sent = await enterContactEmail(who, email, client);
    if (sent.ok) {
      revalidatePath('/contact-email');
      return done(`We sent a code to ${email}.`);
    }
    switch (sent.error.code) {
      case 'origin_needed':
        return who.claimant
          ? go('/contact-email?other')
          : refuse(
              'You signed in a while ago. To enter another address than the one you sign in with, sign out and sign in again.',
            );
      case 'frozen':
        return refuse(heldText(sent.error, nowOf(who)));
      case 'wait':
        return refuse(`A new code can be sent ${waitText(sent.error.until, nowOf(who))}.`);
    }
  },
});

export const verifyContactCode = action({
  input: contactCodeInput,
  as: 'anyone',
  run: async ({ code }, client) => {
    const who = await whoIsHere();
    const verified = await verifyContactEmail(who, code, client);
    if (verified.ok) return go(who.claimant ? await proceed(who.claimant.attempt.id) : '/account');
    if (verified.error.code === 'frozen') return refuse(heldText(verified.error, nowOf(who)));
    return refuse('There is one thing to mend.', { code: factorRefusalText(verified.error, nowOf(who)) });
  },
});

export const notNow = action({
  input: nothingInput,
  as: 'anyone',
  run: async () => {
    const claimant = await requireStep('contact_email');
    if (!(await deferContactEmail(claimant))) return refuse('A contact email is required by now.');
    return go(await proceed(claimant.attempt.id));
  },
});
