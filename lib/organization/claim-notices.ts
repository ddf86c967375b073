import 'server-only';
import { and, asc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import { accounts, memberships, notices, organizations, outbox } from '@/drizzle/schema';
import type { Transaction } from '@/lib/io/db';
import type { InAppNotice } from '@/lib/io/notice-kinds';
import { notify } from '@/lib/io/notify';
import { outboxChannel } from '@/lib/io/outbox';
import { newId } from '@/lib/io/token';
import type { LockedClaim } from './claim-rows';

export async function organizationName(tx: Transaction, organizationId: string): Promise<string> {
  const [row] = await tx
    .select({ name: organizations.name })
    .from(organizations)
    .where(eq(organizations.id, organizationId));
  return row?.name ?? '';
}

type Claim = Pick<LockedClaim, 'id' | 'organizationId' | 'domain'>;

/** Tells an organization's owners and admins, each once per step. */
export async function tellOffice(
  tx: Transaction,
  claim: Claim,
  step: string,
  notice: InAppNotice,
): Promise<void> {
  const office = await tx
    .select({ accountId: memberships.accountId })
    .from(memberships)
    .where(
      and(
        eq(memberships.organizationId, claim.organizationId),
        inArray(memberships.role, ['owner', 'admin']),
        isNull(memberships.suspendedAt),
      ),
    );
  for (const { accountId } of office)
    await notify(tx, {
      key: `claim:${claim.id}:${step}`,
      accountId,
      organizationId: claim.organizationId,
      notice,
    });
}

const chunk = 500;

/** The next accounts of a domain behind an id, with where their security mail goes. */
function accountsInDomain(tx: Transaction, claim: LockedClaim, after: string) {
  const inside = claim.includesSubdomains
    ? or(
        eq(accounts.loginDomain, claim.domain),
        sql`right(${accounts.loginDomain}, ${claim.domain.length + 1}) = ${`.${claim.domain}`}`,
      )
    : eq(accounts.loginDomain, claim.domain);
  return tx
    .select({
      accountId: accounts.id,
      recipient: sql<
        string | null
      >`case when ${accounts.contactEmailProvenAt} is not null then ${accounts.contactEmail}
        when ${accounts.loginEmailProvenAt} is not null then ${accounts.loginEmail} end`,
    })
    .from(accounts)
    .where(and(inside, isNull(accounts.closedAt), gt(accounts.id, after)))
    .orderBy(asc(accounts.id))
    .limit(chunk);
}

/** Tells everybody whose login email is in a newly claimed domain, member or not, in a few statements. */
export async function tellDomain(tx: Transaction, claim: LockedClaim): Promise<void> {
  const data = { organization: await organizationName(tx, claim.organizationId), domain: claim.domain };
  const kind = 'domain_claimed';
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const people = await accountsInDomain(tx, claim, after);
    const last = people.at(-1);
    if (!last) break;
    after = last.accountId;
    const key = (accountId: string) => `claim:${claim.id}:claimed:${accountId}`;
    await tx
      .insert(notices)
      .values(people.map(({ accountId }) => ({ id: newId(), key: key(accountId), accountId, kind, data })))
      .onConflictDoNothing({ target: notices.key });
    const mails = people.flatMap(({ accountId, recipient }) =>
      recipient === null
        ? []
        : [
            {
              id: newId(),
              key: `${key(accountId)}:mail`,
              kind,
              channel: 'email' as const,
              recipient,
              accountId,
              data,
            },
          ],
    );
    if (mails.length > 0) await tx.insert(outbox).values(mails).onConflictDoNothing({ target: outbox.key });
  }
  await tx.execute(sql`select pg_notify(${outboxChannel}, '')`);
}
