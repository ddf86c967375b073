'use server';

import { revalidatePath } from 'next/cache';
import { factorRefusalText, heldText, waitText } from '@/lib/account/refusal-text';
import { action, done, refuse } from '@/lib/action';
import { enterContactEmail, verifyContactEmail } from '@/lib/sign-in/contact-step';
import { contactCodeInput, contactEmailInput } from './input';

export const sendContactCode = action({
  input: contactEmailInput,
  as: 'user',
  stepUp: 'recent',
  run: async ({ email: { email } }, { session, address, userAgent }) => {
    const sent = await enterContactEmail({ claimant: null, session }, email, { address, userAgent });
    if (sent.ok) {
      revalidatePath('/account/contact-email');
      return done(`We sent a code to ${email}.`, { email });
    }
    switch (sent.error.code) {
      case 'frozen':
        return refuse(heldText(sent.error, session.now));
      case 'wait':
        return refuse(`A new code can be sent ${waitText(sent.error.until, session.now)}.`);
      case 'origin_needed':
        throw new Error('somebody signed in needs no code of origin');
    }
  },
});

export const verifyContactCode = action({
  input: contactCodeInput,
  as: 'user',
  run: async ({ code }, { session, address, userAgent }) => {
    const verified = await verifyContactEmail({ claimant: null, session }, code, { address, userAgent });
    if (verified.ok) {
      revalidatePath('/account', 'layout');
      return done(`${verified.value.email} is your contact email.`);
    }
    if (verified.error.code === 'frozen') return refuse(heldText(verified.error, session.now));
    return refuse('There is one thing to mend.', { code: factorRefusalText(verified.error, session.now) });
  },
});
