'use server';

import { revalidatePath } from 'next/cache';
import { action, done, go, type Outcome, refuse } from '@/lib/action';
import { memberActor } from '@/lib/organization/actor';
import {
  activateRule,
  changeRule,
  deactivateRule,
  type RuleFault,
} from '@/lib/organization/second-factor-rule';
import { planNames } from '@/lib/policy/plan';
import { unreachable } from '@/lib/policy/result';
import { activateInput, changeInput, deactivateInput } from './input';

function refusal(fault: RuleFault): Outcome {
  switch (fault.code) {
    case 'not_allowed':
      return refuse('Your role does not reach this any more. Nothing was changed.');
    case 'plan':
      return refuse(`This is available on ${planNames[fault.needs]} and higher. Nothing was changed.`);
    case 'already_active':
      return refuse('Somebody else activated it a moment ago. Reload the page to see it.');
    case 'not_active':
      return refuse('It is not active any more. Reload the page to see it.');
    default:
      return unreachable(fault);
  }
}

const pageOf = (slug: string) => `/organizations/${slug}/security`;

export const activate = action({
  input: activateInput,
  as: 'admin',
  stepUp: 'recent',
  run: async ({ graceHours, minimumStrength, organization }, caller) => {
    const activated = await activateRule(memberActor(caller), { graceHours, minimumStrength });
    if (!activated.ok) return refusal(activated.error);
    // Whoever activates is bound too, and is offered to set up first.
    if (caller.session.factors.strengthTowards < minimumStrength)
      return go(`/account/two-factor?organization=${organization}`);
    revalidatePath(pageOf(organization));
    return done('Activated');
  },
});

export const change = action({
  input: changeInput,
  as: 'admin',
  stepUp: 'recent',
  run: async ({ graceHours, minimumStrength, organization }, caller) => {
    const changed = await changeRule(memberActor(caller), { graceHours, minimumStrength });
    if (!changed.ok) return refusal(changed.error);
    revalidatePath(pageOf(organization));
    return done('Saved');
  },
});

export const deactivate = action({
  input: deactivateInput,
  as: 'admin',
  stepUp: 'recent',
  run: async ({ organization }, caller) => {
    const ended = await deactivateRule(memberActor(caller));
    if (!ended.ok) return refusal(ended.error);
    revalidatePath(pageOf(organization));
    return done('Deactivated');
  },
});
