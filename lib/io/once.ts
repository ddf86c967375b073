import 'server-only';
import { and, eq, gt, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { type linkPurposes, mailedLinks } from '@/drizzle/schema';
import { fail, ok, type Result } from '@/lib/policy/result';
import type { Instant, Milliseconds } from '@/lib/policy/time';
import type { Executor, Transaction } from './db';
import { hashToken, newId, newToken, tokenHashes } from './token';

export type LinkPurpose = (typeof linkPurposes)[number];

export type LinkRequest = {
  readonly purpose: LinkPurpose;
  readonly email: string;
  readonly accountId?: string | null;
  readonly lifetime: Milliseconds;
  readonly detail?: Readonly<Record<string, string>>;
};

export type Link = {
  readonly id: string;
  readonly email: string;
  readonly accountId: string | null;
  readonly detail: Readonly<Record<string, string>> | null;
  readonly expiresAt: Instant;
};

const columns = {
  id: mailedLinks.id,
  email: mailedLinks.email,
  accountId: mailedLinks.accountId,
  detail: mailedLinks.detail,
  expiresAt: mailedLinks.expiresAt,
};

const isUnused = and(isNull(mailedLinks.consumedAt), isNull(mailedLinks.voidedAt));

function isOpen(purpose: LinkPurpose, token: string): SQL | undefined {
  return and(
    inArray(mailedLinks.tokenHash, [...tokenHashes(token)]),
    eq(mailedLinks.purpose, purpose),
    isUnused,
    gt(mailedLinks.expiresAt, sql`clock_timestamp()`),
  );
}

/** Makes a mailed link. `id` is the outbox message's subject; the token is known to the mail alone. */
export async function issueLink(
  tx: Transaction,
  request: LinkRequest,
): Promise<{ readonly id: string; readonly token: string; readonly expiresAt: Instant }> {
  const token = newToken();
  const [link] = await tx
    .insert(mailedLinks)
    .values({
      id: newId(),
      purpose: request.purpose,
      tokenHash: hashToken(token),
      email: request.email,
      accountId: request.accountId ?? null,
      detail: request.detail ?? null,
      expiresAt: sql`clock_timestamp() + make_interval(secs => ${request.lifetime / 1000})`,
    })
    .returning({ id: mailedLinks.id, expiresAt: mailedLinks.expiresAt });
  if (!link) throw new Error('the new link was not returned');
  return { ...link, token };
}

/** Looks at an open link without using it: what a GET may do. */
export async function peekLink(
  executor: Executor,
  purpose: LinkPurpose,
  token: string,
): Promise<Link | null> {
  const [link] = await executor.select(columns).from(mailedLinks).where(isOpen(purpose, token));
  return link ?? null;
}

/** Uses a link, once, in the transaction of what it allows. `gone`: unknown, used, voided or expired. */
export async function consumeLink(
  tx: Transaction,
  purpose: LinkPurpose,
  token: string,
): Promise<Result<Link, { readonly code: 'gone' }>> {
  const [link] = await tx
    .update(mailedLinks)
    .set({ consumedAt: sql`clock_timestamp()` })
    .where(isOpen(purpose, token))
    .returning(columns);
  return link ? ok(link) : fail({ code: 'gone' });
}

/** Voids an account's unused links of these purposes and returns their ids, whose messages are to be voided too. */
export async function voidLinks(
  tx: Transaction,
  accountId: string,
  purposes: readonly LinkPurpose[],
): Promise<readonly string[]> {
  const voided = await tx
    .update(mailedLinks)
    .set({ voidedAt: sql`clock_timestamp()` })
    .where(and(eq(mailedLinks.accountId, accountId), inArray(mailedLinks.purpose, [...purposes]), isUnused))
    .returning({ id: mailedLinks.id });
  return voided.map(({ id }) => id);
}
