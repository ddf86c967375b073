import 'server-only';
import { randomInt } from 'node:crypto';
import { type SQL, sql } from 'drizzle-orm';
import type { oneTimeCodes } from '@/drizzle/schema';
import { keyedHash } from '@/lib/io/keys';
import { mailMayBeLate } from '@/lib/policy/contact-email';

export type CodePurpose = (typeof oneTimeCodes.$inferSelect)['purpose'];
export type CodeChannel = (typeof oneTimeCodes.$inferSelect)['channel'];
export type CodeVoidReason = NonNullable<(typeof oneTimeCodes.$inferSelect)['voidReason']>;

/** The one sign-in attempt or the one session in which a code can be used. */
export type CodeBinding =
  | { readonly attemptId: string; readonly sessionId?: never }
  | { readonly sessionId: string; readonly attemptId?: never };

/** What a code is for. It serves this person, purpose, channel and attempt or session, and nothing else. */
export type CodeUse = {
  readonly accountId: string;
  readonly purpose: CodePurpose;
  readonly channel: CodeChannel;
  readonly binding: CodeBinding;
};

/** Six digits, each of the million equally likely. */
export const newCode = (): string => randomInt(1_000_000).toString().padStart(6, '0');

/** No vowels, so that no word comes out, and nothing that looks like a digit. */
const referenceLetters = 'BCDFGHJKLMNPQRSTVWXZ';
const letter = () => referenceLetters.charAt(randomInt(referenceLetters.length));

/** Several to choose from: a code of the same attempt never gets the letters of an older one. */
export const newReferences = (): readonly string[] => Array.from({ length: 12 }, () => letter() + letter());

/** What the hash of a code is bound to. */
export const codeContext = ({ accountId, purpose, channel, binding }: CodeUse): string =>
  [accountId, purpose, channel, binding.attemptId ?? binding.sessionId].join(':');

export const destinationContext = (codeId: string): string => `one-time-code:${codeId}`;

/** Names a recipient in the caps without telling it. */
export const destinationKey = (channel: CodeChannel, destination: string): string =>
  keyedHash('address', `${channel}:${destination}`);

/** The condition that a row serves this use. */
export function servesUse({ accountId, purpose, channel, binding }: CodeUse): SQL {
  const bound =
    binding.attemptId === undefined
      ? sql`session_id = ${binding.sessionId}`
      : sql`attempt_id = ${binding.attemptId}`;
  return sql`(account_id = ${accountId} and purpose = ${purpose} and channel = ${channel} and ${bound})`;
}

/** The first moment at which a code no longer works: from when the transport took it, else from when it was made. */
export const endOfLife: SQL = sql`(coalesce(accepted_at, created_at) + make_interval(mins => lifetime_minutes))`;

/** Whether mail to this address tends to be late. */
export const isSlowMail = (destination: string): boolean =>
  mailMayBeLate(destination.slice(destination.lastIndexOf('@') + 1));
