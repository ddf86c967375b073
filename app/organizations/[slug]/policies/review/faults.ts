import { refresh } from 'next/cache';
import { go, type Outcome, refuse } from '@/lib/action';
import type { ReviewFault } from '@/lib/organization/policies/review';
import { refusalText } from '../outcome-texts';
import { staleText } from '../texts';
import { moreText } from './asks';

/** Why a save does not go on from the review, or the way back to a review that shows what is new. */
export function reviewFault(fault: ReviewFault, reviewPath: string): Outcome {
  switch (fault.code) {
    case 'not_previewed':
      refresh();
      return refuse(staleText);
    case 'refused':
      return refuse(refusalText(fault.refusal));
    case 'more_harmed':
      return go(`${reviewPath}&more=${encodeURIComponent(moreText(fault.more))}`);
  }
}
