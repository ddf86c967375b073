'use server';

import { refresh } from 'next/cache';
import { action, go, type Outcome, refuse } from '@/lib/action';
import { memberActor } from '@/lib/organization/actor';
import { discardDraft, setTerms } from '@/lib/organization/policies/drafts';
import { saveDraft } from '@/lib/organization/policies/save';
import { summaryOf } from '@/lib/policy/form-input';
import { faultText, policyPath } from '../texts';
import { reviewInput, termsField, termsSchema, typedTerms } from './input';

/** The review's one form: save, save and activate, look again under other terms, or discard. */
export const sendReview = action({
  input: reviewInput,
  as: 'owner',
  run: async (input, caller): Promise<Outcome> => {
    const actor = memberActor(caller);
    const { domain, intent } = input;
    const home = policyPath(caller.membership.slug, domain);
    if (intent === 'discard') {
      await discardDraft(actor, domain);
      return go(home);
    }
    const terms = termsSchema.safeParse(typedTerms(input));
    if (!terms.success) {
      const fields = Object.fromEntries(
        terms.error.issues.map((issue) => [termsField(issue.path), issue.message]),
      );
      return refuse(summaryOf(fields), fields);
    }
    const kept = await setTerms(actor, domain, { terms: terms.data, revision: input.revision });
    if (kept === 'stale') {
      refresh();
      return refuse('This draft changed while you were looking at it. Check it once more.');
    }
    if (intent === 'look_again' || kept === 'changed')
      return go(policyPath(caller.membership.slug, domain, '/review'));
    const saved = await saveDraft(actor, domain, {
      seen: { baseVersionId: input.base, revision: input.revision },
      activate: intent === 'save_and_activate',
    });
    if (saved.ok) return go(home);
    refresh();
    return refuse(faultText(saved.error));
  },
});
