import 'server-only';
import * as z from 'zod';
import { keyedHash, keyedHashes } from '@/lib/io/keys';
import { isSame } from '@/lib/io/token';
import { isHarm } from '@/lib/policy/outcome';
import type { PolicyPreview } from './preview';

/** What a preview was of: a draft's revision, or the saved version itself that is to be activated. */
export type Previewed = {
  readonly policyId: string;
  readonly baseVersionId: string;
  readonly revision: number;
  /** Whether the policy was in force: a save into one that is not touches nobody yet. */
  readonly isActive: boolean;
};

const contents = z.strictObject({
  policyId: z.string(),
  baseVersionId: z.string(),
  revision: z.int(),
  isActive: z.boolean(),
  harmed: z.record(z.string(), z.int()),
  /** The people who came after the first look were shown: from now on Save stands. */
  isShownAgain: z.boolean(),
});
export type PreviewToken = z.output<typeof contents>;

/** How many people each changed setting harms. */
export const harmedOf = (preview: PolicyPreview): Readonly<Record<string, number>> =>
  Object.fromEntries(
    preview.settings.map(({ name, groups }) => {
      const harmed = groups.filter(({ kind }) => isHarm({ kind, reason: null, by: null }));
      return [name, harmed.reduce((sum, group) => sum + group.count, 0)];
    }),
  );

/** Proof, for the save that follows, of what its owner was shown. */
export function sealPreview(previewed: Previewed, preview: PolicyPreview, isShownAgain: boolean): string {
  const token: PreviewToken = { ...previewed, harmed: harmedOf(preview), isShownAgain };
  const text = Buffer.from(JSON.stringify(token)).toString('base64url');
  return `${text}.${keyedHash('preview', text)}`;
}

/** What the owner was shown; null when the proof is not ours or is about something else. */
export function openPreview(sealed: string, previewed: Previewed): PreviewToken | null {
  const [text = '', mac = ''] = sealed.split('.');
  if (!keyedHashes('preview', text).some((hash) => isSame(hash, mac))) return null;
  const token = contents.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  if (!token.success) return null;
  const { policyId, baseVersionId, revision, isActive } = token.data;
  const isSameChange =
    policyId === previewed.policyId &&
    baseVersionId === previewed.baseVersionId &&
    revision === previewed.revision &&
    isActive === previewed.isActive;
  return isSameChange ? token.data : null;
}

/** The settings that harm more people now than were shown, and how many more. */
export function harmedSince(token: PreviewToken, preview: PolicyPreview): Readonly<Record<string, number>> {
  const more = Object.entries(harmedOf(preview)).map(
    ([name, now]) => [name, now - (token.harmed[name] ?? 0)] as const,
  );
  return Object.fromEntries(more.filter(([, count]) => count > 0));
}
