'use server';

import { revalidatePath } from 'next/cache';
import { forbidden, notFound } from 'next/navigation';
import { action, done, go, type Outcome, refuse } from '@/lib/action';
import { auditActor, memberActor } from '@/lib/organization/actor';
import { checkClaim } from '@/lib/organization/claim-check';
import { revokeClaim } from '@/lib/organization/claim-end';
import { renewToken, setIncludesSubdomains, startClaim } from '@/lib/organization/claim-start';
import type { Result } from '@/lib/policy/result';
import { claimInput, revokeInput, startInput, subdomainsInput } from './input';
import { checkFaultText, sightingText, startFaultText } from './texts';

const pageOf = (slug: string) => `/organizations/${slug}/domains`;

export const claimDomain = action({
  input: startInput,
  as: 'owner',
  run: async ({ organization, domain, includesSubdomains }, caller) => {
    const started = await startClaim(memberActor(caller), {
      domain,
      includesSubdomains: includesSubdomains === 'on',
    });
    if (!started.ok) return refuse('There is one thing to mend.', { domain: startFaultText(started.error) });
    revalidatePath(pageOf(organization));
    revalidatePath(pageOf(organization));
    return go(`${pageOf(organization)}#claim-${started.value.id}`);
  },
});

export const checkNow = action({
  input: claimInput,
  as: 'owner',
  run: async ({ organization, claim }, caller) => {
    const actor = memberActor(caller);
    const checked = await checkClaim(
      { claimId: claim, organizationId: actor.organizationId },
      auditActor(actor),
    );
    revalidatePath(pageOf(organization));
    if (!checked.ok) return refuse(checkFaultText(checked.error));
    const { state, sighting, domain } = checked.value;
    if (sighting === 'proven')
      return done(state === 'awaiting_approval' ? 'Proven. It now waits for approval.' : 'Verified');
    return refuse(sightingText(sighting, domain));
  },
});

const settled = (
  result: Result<unknown, { readonly code: 'not_allowed' | 'unknown_claim' }>,
  slug: string,
): Outcome => {
  if (result.ok) {
    revalidatePath(pageOf(slug));
    return go(pageOf(slug));
  }
  return result.error.code === 'not_allowed' ? forbidden() : notFound();
};

export const renew = action({
  input: claimInput,
  as: 'owner',
  run: async ({ organization, claim }, caller) =>
    settled(await renewToken(memberActor(caller), claim), organization),
});

export const revoke = action({
  input: revokeInput,
  as: 'owner',
  stepUp: 'recent',
  run: async ({ organization, claim, reason }, caller) =>
    settled(await revokeClaim(memberActor(caller), { claimId: claim, reason }), organization),
});

export const saveSubdomains = action({
  input: subdomainsInput,
  as: 'owner',
  stepUp: 'recent',
  run: async ({ organization, claim, includesSubdomains }, caller) =>
    settled(
      await setIncludesSubdomains(memberActor(caller), {
        claimId: claim,
        includesSubdomains: includesSubdomains === 'on',
      }),
      organization,
    ),
});
