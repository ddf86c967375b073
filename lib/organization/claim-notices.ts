import 'server-only';
import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { accounts, memberships, organizations } from '@/drizzle/schema';
import type { Transaction } from '@/lib/io/db';
import type { InAppNotice } from '@/lib/io/notice-kinds';
import { notify } from '@/lib/io/notify';
import { notifyMany } from '@/lib/io/notify-many';
import type { LockedClaim } from './claim-rows';
import { reaches } from './policies/reach';

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

/** The next accounts of a domain behind an id. */
function accountsInDomain(tx: Transaction, claim: LockedClaim, after: string) {
  return tx
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(reaches(claim, sql`accounts.login_domain`), isNull(accounts.closedAt), gt(accounts.id, after)))
    .orderBy(asc(accounts.id))
    .limit(chunk);
}

/** Tells everybody whose login email is in a newly claimed domain, member or not. */
export async function tellDomain(tx: Transaction, claim: LockedClaim): Promise<void> {
  const data = { organization: await organizationName(tx, claim.organizationId), domain: claim.domain };
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const accountIds = (await accountsInDomain(tx, claim, after)).map(({ id }) => id);
    const last = accountIds.at(-1);
    if (last === undefined) return;
    after = last;
    await notifyMany(tx, {
      key: `claim:${claim.id}:claimed`,
      // The person need not be a member, so the notice belongs to no organization of theirs.
      organizationId: null,
      notice: { kind: 'domain_claimed', data },
      accountIds,
    });
  }
}
