'use server';

import { refresh } from 'next/cache';
import { action, done, go, type Outcome, refuse } from '@/lib/action';
import { memberActor } from '@/lib/organization/actor';
import { activatePolicy, confirmPolicy, disablePolicy } from '@/lib/organization/policies/activation';
import { discardDraft, editDraft } from '@/lib/organization/policies/drafts';
import { reviewChange } from '@/lib/organization/policies/review';
import { policyScreen } from '@/lib/organization/policies/screen';
import { summaryOf } from '@/lib/policy/form-input';
import { changedSettings } from '@/lib/policy/policy';
import { policyFieldErrors, policyOfForm, withEntry } from '@/lib/policy/policy-form';
import { policySchema } from '@/lib/policy/policy-schema';
import { confirmInput, domainInput, editorInput, utcMoment } from './input';
import { faultText, policyPath } from './texts';

/** The editor's one form: its values become the draft, or the draft goes. */
export const sendEditor = action({
  input: editorInput,
  as: 'owner',
  run: async ({ domain, seen, intent, form }, caller): Promise<Outcome> => {
    const actor = memberActor(caller);
    const { slug } = caller.membership;
    if (intent === 'discard') {
      await discardDraft(actor, domain);
      return go(policyPath(slug, domain));
    }
    const sent = intent === 'add_address' ? withEntry(form, caller.address) : form;
    const parsed = policySchema.safeParse(policyOfForm(sent, utcMoment));
    if (!parsed.success) {
      const errors = policyFieldErrors(sent, parsed.error.issues);
      return refuse(summaryOf(errors), errors);
    }
    const edited = await editDraft(actor, domain, { body: parsed.data, seen });
    if (edited.ok) return go(policyPath(slug, domain, intent === 'add_address' ? '' : '/review'));
    refresh();
    const { error } = edited;
    if (error.code !== 'conflict') return refuse(faultText(error));
    const names = changedSettings(error.current, parsed.data);
    return refuse(
      faultText(error),
      Object.fromEntries(names.map((name, at) => [name, error.differences[at] ?? ''])),
    );
  },
});

/** Activating what touches somebody leads to the review, which says whom; what touches nobody happens at once. */
export const activate = action({
  input: domainInput,
  as: 'owner',
  stepUp: 'recent',
  run: async ({ domain }, caller): Promise<Outcome> => {
    const { slug, organizationId } = caller.membership;
    const actor = memberActor(caller);
    const screen = await policyScreen(organizationId, domain);
    if (screen === null) return refuse(faultText({ code: 'unknown_policy' }));
    const saver = { ...actor, strengthTowards: caller.session.factors.strengthTowards };
    const { preview, guard } = await reviewChange(screen, saver, { intent: 'activate', isShownAgain: false });
    if (preview.harmed > 0 || guard.refusal !== null)
      return go(`${policyPath(slug, domain, '/review')}&intent=activate`);
    const activated = await activatePolicy(actor, domain, { versionId: screen.current.id });
    if (!activated.ok) return refuse(faultText(activated.error));
    refresh();
    return done('Active');
  },
});

export const disable = action({
  input: domainInput,
  as: 'owner',
  stepUp: 'recent',
  run: async ({ domain }, caller): Promise<Outcome> => {
    const disabled = await disablePolicy(memberActor(caller), domain);
    if (!disabled.ok) return refuse(faultText(disabled.error));
    refresh();
    return done('Disabled');
  },
});

export const confirm = action({
  input: confirmInput,
  as: 'owner',
  run: async ({ domain, version }, caller): Promise<Outcome> => {
    const confirmed = await confirmPolicy(memberActor(caller), domain, { versionId: version });
    if (!confirmed.ok) {
      refresh();
      return refuse(faultText(confirmed.error));
    }
    refresh();
    return done('Kept');
  },
});
