import 'server-only';
import { eq } from 'drizzle-orm';
import { policyDrafts } from '@/drizzle/schema';
import { type Transaction, transaction } from '@/lib/io/db';
import { type ConfirmationReason, confirmationReasons } from '@/lib/policy/confirmation';
import type { Tightening } from '@/lib/policy/layer';
import { fail, ok, type Result } from '@/lib/policy/result';
import type { Instant } from '@/lib/policy/time';
import { confirmationTime, settledAt } from '@/lib/policy/version';
import { termsAsked, termsOfSave, type VersionTerms } from '@/lib/policy/version-terms';
import type { MemberActor } from '../actor';
import { activateIn } from './activation';
import { changedValues, changeLines } from './changes';
import { type Conflict, conflictOf, type Seen, standingOf } from './drafts';
import { announceMandate } from './mandate-announcement';
import { provePolicy, tellPolicyChange } from './proof';
import {
  type DraftRecord,
  isActive,
  listVersions,
  lockPolicy,
  type PolicyRecord,
  type VersionRecord,
} from './records';
import { addVersion, withdrawScheduled } from './versions';

export type SaveFault =
  | { readonly code: 'unknown_policy' }
  | { readonly code: 'not_claimed' }
  | { readonly code: 'no_draft' }
  | { readonly code: 'already_active' }
  /** A later date needs an active policy: what nobody is bound by cannot change later. */
  | { readonly code: 'later_needs_active' }
  /** The date by which everybody must change has passed. */
  | { readonly code: 'date_passed' }
  /** The policy was switched on or off since it was looked at. */
  | { readonly code: 'changed_meanwhile' }
  | Conflict;

export type Saved = {
  readonly number: number;
  readonly effectiveFrom: Instant;
  readonly activated: boolean;
  readonly confirmBy: Instant | null;
  readonly reasons: readonly ConfirmationReason[];
  readonly withdrawn: readonly number[];
};

const tighteningOf = ({ tightening, tighteningBy }: VersionTerms): Tightening =>
  tightening === 'by_date' && tighteningBy !== null
    ? { applies: 'by_date', date: tighteningBy }
    : { applies: tightening === 'next_change' ? 'next_change' : 'next_sign_in' };

function termsFault({ policy, newest, draft }: Writing): SaveFault | null {
  const isLater = draft.effectiveFrom !== null && draft.effectiveFrom > policy.now;
  if (isLater && !isActive(policy)) return { code: 'later_needs_active' };
  const isAsked = termsAsked(isActive(policy) ? newest.body : null, draft.body).tightening;
  if (isAsked && draft.tightening === 'by_date' && (draft.tighteningBy ?? 0) <= policy.now)
    return { code: 'date_passed' };
  return null;
}

type Writing = {
  readonly policy: PolicyRecord;
  readonly newest: VersionRecord;
  readonly draft: DraftRecord;
  readonly activate: boolean;
};

async function writeVersion(tx: Transaction, actor: MemberActor, writing: Writing) {
  const { policy, newest, draft, activate } = writing;
  const before = await listVersions(tx, policy.id);
  const terms = termsOfSave(newest, draft, isActive(policy));
  const withdrawn = await withdrawScheduled(tx, policy);
  const effectiveFrom = Math.max(draft.effectiveFrom ?? 0, policy.now);
  const settled = settledAt(before, effectiveFrom);
  const reasons = isActive(policy) ? confirmationReasons(settled?.body ?? null, draft.body) : [];
  const revertAt = reasons.length > 0 ? effectiveFrom + confirmationTime : null;
  const made = await addVersion(tx, policy, {
    body: draft.body,
    authorId: actor.accountId,
    effectiveFrom,
    tightening: tighteningOf(terms),
    expirationSpreadDays: terms.expirationSpreadDays,
    restoredFrom: draft.restoredFrom,
    revertAt,
  });
  await tx.delete(policyDrafts).where(eq(policyDrafts.policyId, policy.id));
  const saved = { number: made.number, effectiveFrom, withdrawn, activated: activate };
  if (!activate) return { ...saved, confirmBy: revertAt, reasons };
  const activated = await activateIn(tx, policy, actor.accountId);
  return { ...saved, number: activated.number, confirmBy: activated.confirmBy, reasons: activated.reasons };
}

/**
 * Makes the draft that was seen the next version, and with `activate` puts it in force. Nothing is saved when the draft
 * or the policy below it changed since, or was switched on or off; the caller has checked the preview's token and the guard.
 */
export function saveDraft(
  actor: MemberActor,
  domain: string,
  wanted: { readonly seen: Seen; readonly isActive: boolean; readonly activate: boolean },
): Promise<Result<Saved, SaveFault>> {
  return transaction(async (tx) => {
    const policy = await lockPolicy(tx, { organizationId: actor.organizationId, domain });
    if (policy === null) return fail({ code: 'unknown_policy' });
    if (!policy.isClaimed) return fail({ code: 'not_claimed' });
    const standing = await standingOf(tx, policy.id, policy.now);
    const { newest, draft } = standing;
    const conflict = conflictOf(standing, wanted.seen, draft?.body ?? newest.body);
    if (conflict !== null) return fail(conflict);
    if (draft === null) return fail({ code: 'no_draft' });
    if (wanted.activate && isActive(policy)) return fail({ code: 'already_active' });
    if (wanted.isActive !== isActive(policy)) return fail({ code: 'changed_meanwhile' });
    const writing = { policy, newest, draft, activate: wanted.activate };
    const fault = termsFault(writing);
    if (fault !== null) return fail(fault);
    const saved = await writeVersion(tx, actor, writing);
    await proveSave(
      tx,
      { policy, actor },
      { saved, lines: changeLines(newest.body, draft.body), values: changedValues(newest.body, draft.body) },
    );
    return ok(saved);
  });
}

type Proof = {
  readonly saved: Saved;
  readonly lines: readonly string[];
  readonly values: ReturnType<typeof changedValues>;
};

async function proveSave(
  tx: Transaction,
  by: { readonly policy: PolicyRecord; readonly actor: MemberActor },
  { saved, lines, values }: Proof,
): Promise<void> {
  const { policy, actor } = by;
  await announceMandate(tx, policy);
  await tellPolicyChange(tx, {
    organizationId: policy.organizationId,
    domain: policy.domain,
    key: `policy:${policy.id}:saved:${saved.number}`,
    actorId: actor.accountId,
    changes: saved.activated ? [...lines, 'The policy is active.'] : lines,
  });
  await provePolicy(
    tx,
    { organizationId: policy.organizationId, actor },
    {
      event: 'policy.saved',
      policyId: policy.id,
      before: values.before,
      after: {
        ...values.after,
        version: saved.number,
        effectiveFrom: saved.effectiveFrom,
        activated: saved.activated,
        confirmBy: saved.confirmBy,
        withdrawn: saved.withdrawn,
      },
    },
  );
}
