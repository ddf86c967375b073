import * as z from 'zod';
import type { Tightening } from '@/lib/policy/layer';
import { instantSchema, versionTermsSchema } from '@/lib/policy/policy-schema';
import { utcMoment } from '../input';

const text = z.string({ error: 'This form is incomplete. Load the page again.' });
const typed = z.string().trim().optional();

function tighteningOf(choice: string | undefined, date: string | undefined): unknown {
  const given: Tightening['applies'] =
    choice === 'next_change' || choice === 'by_date' ? choice : 'next_sign_in';
  return given === 'by_date' ? { applies: given, date: date ? utcMoment(date) : null } : { applies: given };
}

/** The review's form: the draft that was looked at, and when and how it applies. Fields that were not asked keep their rest. */
export const reviewInput = z.object({
  domain: text,
  base: text,
  revision: z.coerce.number().int(),
  intent: z.enum(['save', 'save_and_activate', 'activate', 'look_again', 'discard']).catch('look_again'),
  preview: typed,
  tightening: typed,
  tighteningBy: typed,
  effectiveFrom: typed,
  expirationSpreadDays: typed,
});
/** What changes how people sign in needs a fresh proof; looking again and discarding do not. */
export const stepUpOf = ({ intent }: ReviewInput): 'recent' | null =>
  intent === 'look_again' || intent === 'discard' ? null : 'recent';

export type ReviewInput = z.output<typeof reviewInput>;

/** The terms as typed, for `termsSchema` to judge. */
export const typedTerms = (input: ReviewInput): unknown => ({
  tightening: tighteningOf(input.tightening, input.tighteningBy),
  expirationSpreadDays: input.expirationSpreadDays ? Number(input.expirationSpreadDays) : 0,
  effectiveFrom: input.effectiveFrom ? utcMoment(input.effectiveFrom) : null,
});

export const termsSchema = versionTermsSchema.extend({
  effectiveFrom: instantSchema('Enter a date and time, or leave it empty for now.').nullable(),
});

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

/** The first message of each field of the terms. */
export function termsErrors(issues: readonly Issue[]): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  for (const { path, message } of issues)
    errors[path[0] === 'tightening' ? 'tighteningBy' : String(path[0])] ??= message;
  return errors;
}
