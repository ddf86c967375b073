import 'server-only';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { mailedLinks } from '@/drizzle/schema';
import type { Executor, Transaction } from '@/lib/io/db';
import { voidMessages } from '@/lib/io/outbox';
import { hashToken, newId, newToken, tokenHashes } from '@/lib/io/token';
import type { Instant, Milliseconds } from '@/lib/policy/time';

export type LinkPurpose = (typeof mailedLinks.$inferSelect)['purpose'];

export type NewLink = {
  readonly purpose: LinkPurpose;
  /** The address it is mailed to, and which opening it proves. */
  readonly email: string;
  readonly accountId: string | null;
  readonly lifetime: Milliseconds;
  readonly detail?: Readonly<Record<string, string>>;
};

/** The token stands in the mailed address only. `id` is the message's subject, so that voiding the link withholds the mail. */
export type MadeLink = { readonly id: string; readonly token: string; readonly expiresAt: Instant };

export async function makeLink(tx: Transaction, link: NewLink): Promise<MadeLink> {
  const { lifetime, detail, ...rest } = link;
  const token = newToken();
  const [row] = await tx
    .insert(mailedLinks)
    .values({
      ...rest,
      detail: detail ?? null,
      id: newId(),
      tokenHash: hashToken(token),
      createdAt: sql`clock_timestamp()`,
      expiresAt: sql`clock_timestamp() + make_interval(secs => ${lifetime / 1000})`,
    })
    .returning({ id: mailedLinks.id, expiresAt: mailedLinks.expiresAt });
  if (!row) throw new Error('the link was not returned');
  return { ...row, token };
}

const isOpen = and(
  isNull(mailedLinks.consumedAt),
  isNull(mailedLinks.voidedAt),
  sql`${mailedLinks.expiresAt} > clock_timestamp()`,
);

const matches = (purpose: LinkPurpose, token: string) =>
  and(eq(mailedLinks.purpose, purpose), inArray(mailedLinks.tokenHash, [...tokenHashes(token)]), isOpen);

const columns = {
  id: mailedLinks.id,
  email: mailedLinks.email,
  accountId: mailedLinks.accountId,
  detail: mailedLinks.detail,
};

/** What an open link is for, without using it: a GET may look, never consume. */
export async function findLink(executor: Executor, purpose: LinkPurpose, token: string) {
  const [row] = await executor.select(columns).from(mailedLinks).where(matches(purpose, token));
  return row ?? null;
}

/** Uses the link, once: of many at the same time one gets it. Call it in the transaction of its effect. */
export async function consumeLink(tx: Transaction, purpose: LinkPurpose, token: string) {
  const [row] = await tx
    .update(mailedLinks)
    .set({ consumedAt: sql`clock_timestamp()` })
    .where(matches(purpose, token))
    .returning(columns);
  return row ?? null;
}

export type OpenLink = NonNullable<Awaited<ReturnType<typeof findLink>>>;

/** Makes open links void, of one account or one address, and withholds mails not yet delivered. */
export async function voidLinks(
  tx: Transaction,
  purposes: readonly LinkPurpose[],
  whose: { readonly accountId: string } | { readonly email: string },
): Promise<void> {
  const owner =
    'accountId' in whose ? eq(mailedLinks.accountId, whose.accountId) : eq(mailedLinks.email, whose.email);
  const rows = await tx
    .update(mailedLinks)
    .set({ voidedAt: sql`clock_timestamp()` })
    .where(and(owner, inArray(mailedLinks.purpose, [...purposes]), isOpen))
    .returning({ id: mailedLinks.id });
  await voidMessages(
    tx,
    rows.map((row) => row.id),
  );
}

/** How many links of a purpose were made for an address within a time: the cap of a mailbox. */
export function countRecentLinks(
  executor: Executor,
  which: { readonly purpose: LinkPurpose; readonly email: string; readonly within: Milliseconds },
): Promise<number> {
  return executor.$count(
    mailedLinks,
    and(
      eq(mailedLinks.purpose, which.purpose),
      eq(mailedLinks.email, which.email),
      sql`${mailedLinks.createdAt} > clock_timestamp() - make_interval(secs => ${which.within / 1000})`,
    ),
  );
}
