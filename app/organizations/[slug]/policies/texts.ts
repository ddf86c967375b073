import type { ActivationFault } from '@/lib/organization/policies/activation';
import type { DraftFault } from '@/lib/organization/policies/drafts';
import type { SaveFault } from '@/lib/organization/policies/save';

export const staleText = 'This changed while you were looking at it. Check it once more, then save again.';

/** What a refused change means to the person who asked for it. */
export function faultText(fault: ActivationFault | DraftFault | SaveFault): string {
  switch (fault.code) {
    case 'unknown_policy':
      return 'This organization has no policy for that domain.';
    case 'not_claimed':
      return 'The claim of this domain is not in force. Verify the domain again first.';
    case 'already_active':
      return 'The policy is active already. Load the page again to see it.';
    case 'not_active':
      return 'The policy is not active. Load the page again to see it.';
    case 'nothing_to_confirm':
      return 'There is nothing left to confirm.';
    case 'unchanged':
      return 'Nothing differs from the saved policy. Change a setting first.';
    case 'no_draft':
      return 'The draft is gone: it was saved or discarded meanwhile.';
    case 'later_needs_active':
      return 'A later date needs an active policy. Save for now, or activate first.';
    case 'date_passed':
      return 'The date by which everybody must change has passed. Choose a later one.';
    case 'changed_meanwhile':
      return staleText;
    case 'conflict':
      return `${fault.editor ?? 'Somebody'} changed this policy while you were editing. Check the difference, then send your values again or discard them.`;
  }
}

/** Where a page of one policy is. */
export const policyPath = (slug: string, domain: string, page = ''): string =>
  `/organizations/${slug}/policies${page}?domain=${encodeURIComponent(domain)}`;
