import * as z from 'zod';
import {
  type AddressFault,
  addressFaultText,
  type EmailAddress,
  parseContactEmail,
  parseLoginEmail,
} from './address';
import type { Result } from './result';

const field = (parse: (typed: string) => Result<EmailAddress, readonly AddressFault[]>) =>
  z.string({ error: 'Enter your email address.' }).transform((typed, context) => {
    if (typed.trim() === '') {
      context.addIssue({ code: 'custom', message: 'Enter your email address.' });
      return z.NEVER;
    }
    const parsed = parse(typed);
    if (parsed.ok) return parsed.value;
    context.addIssue({ code: 'custom', message: parsed.error.map(addressFaultText).join(' ') });
    return z.NEVER;
  });

/** A form's field for a login email; gives the canonical address. */
export const loginEmailField = field(parseLoginEmail);

/** A form's field for a contact email, by the programme's grammar, with a message for each fault. */
export const contactEmailField = field(parseContactEmail);
