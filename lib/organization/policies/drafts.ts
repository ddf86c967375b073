import 'server-only';
import { randomInt } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { policyDrafts } from '@/drizzle/schema';
import { type Transaction, transaction } from '@/lib/io/db';
import type { Tightening } from '@/lib/policy/layer';
import type { Policy } from '@/lib/policy/policy';
import { fail, ok, type Result } from '@/lib/policy/result';
import type { Instant } from '@/lib/policy/time';
import { newestVersion } from '@/lib/policy/version';
import type { MemberActor } from '../actor';
import { changedValues, changeLines } from './changes';
import { provePolicy } from './proof';
import { type DraftRecord, findDraft, listVersions, lockPolicy, type VersionRecord } from './records';

/** What the editor had before its eyes: the newest version and the draft's revision, 0 where there was none. */
export type Seen = { readonly baseVersionId: string; readonly revision: number };

/** When and how a saved version applies. */
export type Terms = {
  readonly tightening: Tightening;
  /** Null: at once. */
  readonly effectiveFrom: Instant | null;
  readonly expirationSpreadDays: number;
};

/** Somebody else changed the policy or its draft meanwhile; `differences` tells how it now differs from what was sent. */
export type Conflict = {
  readonly code: 'conflict';
  readonly editor: string | null;
  readonly at: Instant;
  readonly differences: readonly string[];
  readonly current: Policy;
};
export type DraftFault = { readonly code: 'unknown_policy' | 'not_claimed' | 'unchanged' } | Conflict;

type Standing = { readonly newest: VersionRecord; readonly draft: DraftRecord | null };

/** A draft whose base is no longer the newest version is nobody's draft any more. */
export const draftOn = (draft: DraftRecord | null, newest: VersionRecord): DraftRecord | null =>
  draft?.baseVersionId === newest.id ? draft : null;

export async function standingOf(tx: Transaction, policyId: string, now: Instant): Promise<Standing> {
  const newest = newestVersion(await listVersions(tx, policyId), now);
  if (newest === null) throw new Error(`policy ${policyId} has no version that stands`);
  return { newest, draft: draftOn(await findDraft(tx, policyId), newest) };
}

/** The difference to what was seen, or null while nothing changed. */
export function conflictOf({ newest, draft }: Standing, seen: Seen, sent: Policy): Conflict | null {
  if (newest.id === seen.baseVersionId && (draft?.revision ?? 0) === seen.revision) return null;
  const current = draft?.body ?? newest.body;
  return {
    code: 'conflict',
    editor: draft === null ? newest.author : draft.editor,
    at: draft === null ? newest.createdAt : draft.editedAt,
    differences: changeLines(current, sent),
    current,
  };
}

type Written = {
  readonly policyId: string;
  readonly body: Policy;
  readonly newest: VersionRecord;
  readonly former: DraftRecord | null;
  readonly restoredFrom?: string | null;
  readonly note?: string | null;
};

/** The first revision is a random number, so that what was seen of a discarded draft never fits a later one. */
async function writeDraft(tx: Transaction, by: MemberActor, written: Written): Promise<number> {
  const values = {
    baseVersionId: written.newest.id,
    body: written.body,
    restoredFrom: written.restoredFrom ?? null,
    note: written.note ?? null,
    editedBy: by.accountId,
    editedAt: sql`clock_timestamp()`,
  };
  const terms = written.former ?? {
    tightening: 'next_sign_in',
    tighteningBy: null,
    effectiveFrom: null,
    expirationSpreadDays: 0,
  };
  const kept = {
    tightening: terms.tightening,
    tighteningBy: terms.tighteningBy,
    effectiveFrom: terms.effectiveFrom,
    expirationSpreadDays: terms.expirationSpreadDays,
  } as const;
  const [row] = await tx
    .insert(policyDrafts)
    .values({ policyId: written.policyId, ...values, ...kept, revision: randomInt(1, 1_000_000_000) })
    .onConflictDoUpdate({
      target: policyDrafts.policyId,
      set: { ...values, ...kept, revision: sql`${policyDrafts.revision} + 1` },
    })
    .returning({ revision: policyDrafts.revision });
  if (!row) throw new Error('the draft was not written');
  return row.revision;
}

type DraftProof = { readonly policyId: string; readonly before?: unknown; readonly after: unknown };

const proveDraft = (tx: Transaction, actor: MemberActor, proof: DraftProof): Promise<void> =>
  provePolicy(tx, { organizationId: actor.organizationId, actor }, { event: 'policy.drafted', ...proof });

/** Throws the draft away, with proof where there was one. */
async function dropDraft(tx: Transaction, actor: MemberActor, policyId: string): Promise<boolean> {
  const [gone] = await tx
    .delete(policyDrafts)
    .where(eq(policyDrafts.policyId, policyId))
    .returning({ revision: policyDrafts.revision });
  if (gone === undefined) return false;
  const { organizationId } = actor;
  await provePolicy(tx, { organizationId, actor }, { event: 'policy.discarded', policyId, before: gone });
  return true;
}

/** Keeps what an owner typed as the domain's one draft. Edits that meet another owner's come back as a conflict. */
export function editDraft(
  actor: MemberActor,
  domain: string,
  edit: { readonly body: Policy; readonly seen: Seen },
): Promise<Result<{ readonly revision: number }, DraftFault>> {
  return transaction(async (tx) => {
    const policy = await lockPolicy(tx, { organizationId: actor.organizationId, domain });
    if (policy === null) return fail({ code: 'unknown_policy' });
    if (!policy.isClaimed) return fail({ code: 'not_claimed' });
    const standing = await standingOf(tx, policy.id, policy.now);
    const conflict = conflictOf(standing, edit.seen, edit.body);
    if (conflict !== null) return fail(conflict);
    if (changeLines(standing.newest.body, edit.body).length === 0) {
      await dropDraft(tx, actor, policy.id);
      return fail({ code: 'unchanged' });
    }
    const revision = await writeDraft(tx, actor, {
      policyId: policy.id,
      body: edit.body,
      newest: standing.newest,
      former: standing.draft,
      restoredFrom: standing.draft?.restoredFrom ?? null,
    });
    const { before, after } = changedValues(standing.draft?.body ?? standing.newest.body, edit.body);
    await proveDraft(tx, actor, { policyId: policy.id, before, after: { ...after, revision } });
    return ok({ revision });
  });
}

/** Fills the draft from elsewhere: a preset, an import, an older version. What stood in it is replaced, and the screen said so. */
export function fillDraft(
  actor: MemberActor,
  domain: string,
  filling: { readonly body: Policy; readonly note: string; readonly restoredFrom?: string },
): Promise<Result<{ readonly revision: number }, Exclude<DraftFault, Conflict>>> {
  return transaction(async (tx) => {
    const policy = await lockPolicy(tx, { organizationId: actor.organizationId, domain });
    if (policy === null) return fail({ code: 'unknown_policy' });
    if (!policy.isClaimed) return fail({ code: 'not_claimed' });
    const { newest, draft } = await standingOf(tx, policy.id, policy.now);
    if (changeLines(newest.body, filling.body).length === 0) return fail({ code: 'unchanged' });
    const revision = await writeDraft(tx, actor, {
      policyId: policy.id,
      body: filling.body,
      newest,
      former: draft,
      note: filling.note,
      restoredFrom: filling.restoredFrom ?? null,
    });
    await proveDraft(tx, actor, { policyId: policy.id, after: { note: filling.note, revision } });
    return ok({ revision });
  });
}

/**
 * Says when and how the draft will apply. `stale`: another edit came in between. Terms that change make a new revision,
 * so that no preview of the former ones lets anybody save.
 */
export function setTerms(
  actor: MemberActor,
  domain: string,
  wanted: { readonly terms: Terms; readonly revision: number },
): Promise<'same' | 'changed' | 'stale'> {
  return transaction(async (tx) => {
    const policy = await lockPolicy(tx, { organizationId: actor.organizationId, domain });
    const draft = policy === null ? null : await findDraft(tx, policy.id);
    if (draft === null || draft.revision !== wanted.revision) return 'stale';
    const { terms } = wanted;
    const next = {
      tightening: terms.tightening.applies,
      tighteningBy: terms.tightening.applies === 'by_date' ? terms.tightening.date : null,
      effectiveFrom: terms.effectiveFrom,
      expirationSpreadDays: terms.expirationSpreadDays,
    };
    const isSame =
      next.tightening === draft.tightening &&
      next.tighteningBy === draft.tighteningBy &&
      next.effectiveFrom === draft.effectiveFrom &&
      next.expirationSpreadDays === draft.expirationSpreadDays;
    if (isSame) return 'same';
    const edit = { editedBy: actor.accountId, editedAt: sql`clock_timestamp()` };
    await tx
      .update(policyDrafts)
      .set({ ...next, ...edit, revision: sql`${policyDrafts.revision} + 1` })
      .where(eq(policyDrafts.policyId, draft.policyId));
    await proveDraft(tx, actor, { policyId: draft.policyId, after: next });
    return 'changed';
  });
}

/** Throws the draft away. */
export function discardDraft(actor: MemberActor, domain: string): Promise<boolean> {
  return transaction(async (tx) => {
    const policy = await lockPolicy(tx, { organizationId: actor.organizationId, domain });
    return policy === null ? false : dropDraft(tx, actor, policy.id);
  });
}
