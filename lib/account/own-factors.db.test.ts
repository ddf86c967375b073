import { eq } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { addAccount, addDomainPolicy, addMembership, addOrganization, addSession } from '@/bin/test/rows';
import { memberships, secondFactorRules, totpAuthenticators } from '@/drizzle/schema';
import { closeDatabase, database } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { judgeSession } from '@/lib/session/judgement';
import { removeOne } from './own-factors';
import { removalRefusalText } from './refusal-text';

afterAll(closeDatabase);

async function organizationWithRule(
  name: string,
  rule: Partial<typeof secondFactorRules.$inferInsert> | null,
) {
  const { id } = await addOrganization({ name });
  if (rule !== null)
    await database()
      .insert(secondFactorRules)
      .values({
        id: newId(),
        organizationId: id,
        effectiveFrom: Date.now(),
        graceHours: 24,
        minimumStrength: 2,
        ...rule,
      });
  return id;
}

test('removing the last factor names everybody who requires one, in grace or not, and nobody else', async () => {
  const domain = `${newId()}.example`;
  const account = await addAccount({ loginEmail: `p@${domain}` });
  const northwind = await organizationWithRule('Northwind', {});
  await addDomainPolicy(northwind, domain, { secondFactorRequired: true, secondFactorGraceHours: 720 });
  const past = Date.now() - 1000;
  const organizations = [
    northwind,
    await organizationWithRule('Harbor', { effectiveFrom: 0 }),
    await organizationWithRule('Suspended', {}),
    await organizationWithRule('Paused', { pausedAt: past }),
    await organizationWithRule('Switched Off', { deactivatedAt: past }),
    await organizationWithRule('Open', null),
  ];
  for (const id of organizations) await addMembership(id, account.id, 'guest');
  await database()
    .update(memberships)
    .set({ suspendedAt: past })
    .where(eq(memberships.organizationId, organizations[2] ?? ''));
  await database().insert(totpAuthenticators).values({
    id: newId(),
    accountId: account.id,
    boundTo: newId(),
    sealedSecret: 'x',
    pendingUntil: 1,
    confirmedAt: 1,
  });
  const found = await judgeSession((await addSession(account.id)).token, null);
  if (found.state !== 'running') throw new Error(found.state);
  const removed = await removeOne(found.session, null, { method: 'totp' });
  if (removed.ok) throw new Error('it was removed');
  expect(removed.error).toEqual({ code: 'mandated', by: [domain, 'Harbor', 'Northwind'] });
  expect(removalRefusalText(removed.error)).toContain(`${domain}, Harbor, and Northwind require two-factor`);
});
