import * as z from 'zod';
import type { FormInput } from '@/lib/policy/form-input';

const text = z.string({ error: 'This form is incomplete. Load the page again.' });

/** Which policy a form is about. */
export const domainInput = z.object({ domain: text });

/** What an owner keeps is the version that was before their eyes. */
export const confirmInput = domainInput.extend({ version: text });

/** The editor's form: which policy, what its sender had before their eyes, and every setting as typed. */
export const editorInput = z
  .looseObject({
    domain: text,
    base: text,
    revision: z.coerce.number({ error: 'This form is incomplete. Load the page again.' }).int(),
    intent: z.enum(['review', 'discard', 'add_address']).catch('review'),
  })
  .transform(({ domain, base, revision, intent, ...rest }) => ({
    domain,
    seen: { baseVersionId: base, revision },
    intent,
    form: rest as FormInput,
  }));

/** A moment typed as `datetime-local`, read as UTC; a text that names none gives NaN, which no schema takes. */
export const utcMoment = (typed: string): number => Date.parse(`${typed}Z`);
