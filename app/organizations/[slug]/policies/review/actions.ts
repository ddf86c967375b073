'use server';

import { refresh } from 'next/cache';
import { action, go, type Outcome, refuse } from '@/lib/action';
import { memberActor } from '@/lib/organization/actor';
import { activatePolicy } from '@/lib/organization/policies/activation';
import { discardDraft, setTerms } from '@/lib/organization/policies/drafts';
import { checkReview } from '@/lib/organization/policies/review';
import { saveDraft } from '@/lib/organization/policies/save';
import { policyScreen } from '@/lib/organization/policies/screen';
import { summaryOf } from '@/lib/policy/form-input';
import type { Membership } from '@/lib/session/current';
import { faultText, policyPath, staleText } from '../texts';
import { reviewFault } from './faults';
import { type ReviewInput, reviewInput, stepUpOf, termsErrors, termsSchema, typedTerms } from './input';

type Caller = Membership & { readonly address: string | null; readonly userAgent: string | null };

/** Keeps the terms as typed; an answer where they are refused, changed, or another edit came in between. */
async function keepTerms(input: ReviewInput, caller: Caller, reviewPath: string): Promise<Outcome | null> {
  const terms = termsSchema.safeParse(typedTerms(input));
  if (!terms.success) {
    const fields = termsErrors(terms.error.issues);
    return refuse(summaryOf(fields), fields);
  }
  const kept = await setTerms(memberActor(caller), input.domain, {
    terms: terms.data,
    revision: input.revision,
  });
  if (kept === 'stale') {
    refresh();
    return refuse(staleText);
  }
  return kept === 'changed' || input.intent === 'look_again' ? go(reviewPath) : null;
}

/** Saves or activates what was looked at; the preview's proof and the guard are asked first. */
async function perform(input: ReviewInput, caller: Caller): Promise<Outcome> {
  const { domain } = input;
  const { slug, organizationId } = caller.membership;
  const actor = memberActor(caller);
  const screen = await policyScreen(organizationId, domain);
  if (screen === null) return refuse(faultText({ code: 'unknown_policy' }));
  const intent = input.intent === 'activate' ? 'activate' : 'save';
  const saver = { ...actor, strengthTowards: caller.session.factors.strengthTowards };
  const fault = await checkReview(screen, saver, { intent, token: input.preview ?? '' });
  if (fault !== null) return reviewFault(fault, `${policyPath(slug, domain, '/review')}&intent=${intent}`);
  const seen = { baseVersionId: input.base, revision: input.revision };
  const done =
    intent === 'activate'
      ? await activatePolicy(actor, domain, { versionId: screen.current.id })
      : await saveDraft(actor, domain, {
          seen,
          isActive: screen.isActive,
          activate: input.intent === 'save_and_activate',
        });
  if (done.ok) return go(policyPath(slug, domain));
  refresh();
  return refuse(faultText(done.error));
}

/** The review's one form: save, save and activate, activate, look again under other terms, or discard. */
export const sendReview = action({
  input: reviewInput,
  as: 'owner',
  stepUp: stepUpOf,
  run: async (input, caller): Promise<Outcome> => {
    const { slug } = caller.membership;
    if (input.intent === 'discard') {
      await discardDraft(memberActor(caller), input.domain);
      return go(policyPath(slug, input.domain));
    }
    const answer =
      input.intent === 'activate'
        ? null
        : await keepTerms(input, caller, policyPath(slug, input.domain, '/review'));
    return answer ?? perform(input, caller);
  },
});
