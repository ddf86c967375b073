import 'server-only';
import { database } from '@/lib/io/db';
import { type ConfirmationReason, confirmationReasons } from '@/lib/policy/confirmation';
import type { GuardVerdict } from '@/lib/policy/guard';
import { settledAt } from '@/lib/policy/version';
import { guardChange, type SavingOwner } from './guard';
import { layerRows } from './layer-rows';
import type { PolicyChange } from './outcomes';
import { type PolicyPreview, previewChange } from './preview';
import { harmedSince, openPreview, type Previewed, sealPreview } from './preview-token';
import type { PolicyScreen } from './screen';

/** What is about to happen: the draft is saved (and perhaps activated), or the saved policy is activated. */
export type Intent = 'save' | 'activate';

/** A change with everybody it touches, as whoever may read it sees it. */
export type Reading = {
  readonly change: PolicyChange;
  readonly preview: PolicyPreview;
  /** Why it would be live for ten minutes only, unless an owner keeps it. */
  readonly reasons: readonly ConfirmationReason[];
};

/** A change as its owner is about to make it. */
export type Review = Reading & {
  readonly guard: GuardVerdict;
  /** Goes with the save; see `checkReview`. */
  readonly token: string;
};

const previewedOf = (screen: PolicyScreen, intent: Intent): Previewed => ({
  policyId: screen.policy.id,
  baseVersionId: intent === 'activate' ? screen.current.id : screen.newest.id,
  revision: intent === 'activate' ? 0 : (screen.draft?.revision ?? 0),
  isActive: screen.isActive,
});

/** The two states to compare. A save into an inactive policy is compared as if it were activated with it. */
export async function changeOf(screen: PolicyScreen, intent: Intent): Promise<PolicyChange> {
  const { policy, versions, isActive, current, draft } = screen;
  const rows = await layerRows(database(), { policy, versions });
  const before = isActive ? rows.inForce(current) : rows.nobody;
  if (intent === 'activate' || draft === null) return { policy, before, after: rows.activated(current) };
  return { policy, before, after: rows.drafted(draft) };
}

function reasonsOf(screen: PolicyScreen, { after }: PolicyChange, intent: Intent) {
  const { isActive, versions, now, current, draft } = screen;
  const body = intent === 'activate' || draft === null ? current.body : draft.body;
  const settled = isActive ? settledAt(versions, Math.max(after.since ?? now, now)) : null;
  return confirmationReasons(settled?.body ?? null, body);
}

/** What an admin sees of the review, who changes nothing. */
export async function readChange(screen: PolicyScreen, intent: Intent): Promise<Reading> {
  const change = await changeOf(screen, intent);
  return { change, preview: await previewChange(change), reasons: reasonsOf(screen, change, intent) };
}

/** What the review page shows an owner. `isShownAgain`: it shows the people who came since the first look. */
export async function reviewChange(
  screen: PolicyScreen,
  saver: SavingOwner,
  how: { readonly intent: Intent; readonly isShownAgain: boolean },
): Promise<Review> {
  const change = await changeOf(screen, how.intent);
  const [preview, guard] = await Promise.all([
    previewChange(change),
    guardChange(saver, change.after, screen.now),
  ]);
  const token = sealPreview(previewedOf(screen, how.intent), preview, how.isShownAgain);
  return { change, preview, guard, token, reasons: reasonsOf(screen, change, how.intent) };
}

export type ReviewFault =
  /** The owner was shown another change, or none. */
  | { readonly code: 'not_previewed' }
  /** More people are harmed than were shown; shown once, then the save stands. */
  | { readonly code: 'more_harmed'; readonly more: Readonly<Record<string, number>> }
  | { readonly code: 'refused'; readonly refusal: NonNullable<GuardVerdict['refusal']> };

/** Whether the save may go on that was looked at under `token`; null: it may. */
export async function checkReview(
  screen: PolicyScreen,
  saver: SavingOwner,
  given: { readonly intent: Intent; readonly token: string },
): Promise<ReviewFault | null> {
  const shown = openPreview(given.token, previewedOf(screen, given.intent));
  if (shown === null) return { code: 'not_previewed' };
  const { preview, guard } = await reviewChange(screen, saver, { intent: given.intent, isShownAgain: false });
  if (guard.refusal !== null) return { code: 'refused', refusal: guard.refusal };
  const more = harmedSince(shown, preview);
  return shown.isShownAgain || Object.keys(more).length === 0 ? null : { code: 'more_harmed', more };
}
