'use server';

import * as z from 'zod';
import { action, go, refuse } from '@/lib/action';
import { memberActor } from '@/lib/organization/actor';
import { fillDraft } from '@/lib/organization/policies/drafts';
import { policyScreen } from '@/lib/organization/policies/screen';
import { domainInput } from '../input';
import { faultText, policyPath } from '../texts';

/** Makes a draft of an older version; the review then saves it as a new one. */
export const restore = action({
  input: domainInput.extend({ version: z.coerce.number().int() }),
  as: 'owner',
  run: async ({ domain, version }, caller) => {
    const { organizationId, slug } = caller.membership;
    const screen = await policyScreen(organizationId, domain);
    const old = screen?.versions.find(({ number }) => number === version);
    if (old === undefined) return refuse('There is no such version.');
    const filled = await fillDraft(memberActor(caller), domain, {
      body: old.body,
      note: `This restores version ${old.number}.`,
      restoredFrom: old.id,
    });
    return filled.ok ? go(policyPath(slug, domain, '/review')) : refuse(faultText(filled.error));
  },
});
