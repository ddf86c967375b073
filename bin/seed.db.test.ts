import { eq, isNull, sql } from 'drizzle-orm';
import { generateSync } from 'otplib';
import { beforeAll, describe, expect, it } from 'vitest';
import { accounts, auditChains, outbox, passwords } from '@/drizzle/schema';
import { verifyTotp } from '@/lib/account/totp';
import { verifyChain } from '@/lib/io/audit-verification';
import { database, now, transaction } from '@/lib/io/db';
import type { DemoSheet } from '@/lib/io/demo-sheet';
import { verifyPassword } from '@/lib/io/hash';
import { checkPassword } from '@/lib/policy/password';
import { expirationDue } from '@/lib/policy/password-age';
import { days } from '@/lib/policy/time';
import { policyFor } from '@/lib/session/policy-in-force';
import { seedDemo } from './seed';

let sheets: readonly (DemoSheet | null)[] = [];

beforeAll(async () => {
  const atOnce = await Promise.all([seedDemo(), seedDemo()]);
  sheets = [...atOnce, await seedDemo()];
});

const sheet = () => sheets[0] ?? { password: '', accounts: [] };

async function accountOf(email: string) {
  const [row] = await database()
    .select({
      id: accounts.id,
      contactEmail: accounts.contactEmail,
      operatorSince: accounts.operatorSince,
      hash: passwords.hash,
      setAt: passwords.setAt,
      factors: sql<string[]>`array_remove(array[
        (select 'totp' from totp_authenticators f where f.account_id = accounts.id and confirmed_at is not null),
        (select 'sms' from phone_numbers f where f.account_id = accounts.id and confirmed_at is not null)], null)`,
      organizations: sql<string[]>`(select coalesce(array_agg(o.name || ':' || m.role order by o.name), '{}')
        from memberships m join organizations o on o.id = m.organization_id where m.account_id = accounts.id)`,
    })
    .from(accounts)
    .innerJoin(passwords, eq(passwords.accountId, accounts.id))
    .where(eq(accounts.loginEmail, email));
  if (!row) throw new Error(`no ${email}`);
  return row;
}

describe('the demo', () => {
  it('is seeded once, whoever starts beside it, and reads the same later', () => {
    expect(sheets).toHaveLength(3);
    expect(sheet().accounts.length).toBeGreaterThan(10);
    for (const other of sheets) expect(other).toEqual(sheets[0]);
  });

  it('opens every account with the one password, which meets the policy in force there', async () => {
    for (const { email } of sheet().accounts) {
      const { id, hash } = await accountOf(email);
      expect(await verifyPassword(hash, sheet().password)).toEqual({ ok: true, value: true });
      const facts = {
        names: { person: null, login: null, organizations: [] },
        sameAsCurrent: false,
        reused: false,
      };
      const { values } = await policyFor(id);
      expect(checkPassword(values, sheet().password, { ...facts, breached: false, common: false })).toEqual(
        [],
      );
    }
  });

  it('tells keys whose codes the bound apps accept', async () => {
    const keyed = sheet().accounts.filter(({ totpKey }) => totpKey !== undefined);
    expect(keyed.map(({ email }) => email)).toContain('owner@northwind.example');
    expect(keyed.map(({ email }) => email)).toContain('operator@gatehouse.example');
    for (const { email, totpKey } of keyed) {
      const { id } = await accountOf(email);
      const code = generateSync({ secret: totpKey ?? '' });
      expect(await transaction((tx) => verifyTotp(tx, id, code))).toEqual({ ok: true, value: null });
    }
  });

  it('has a member in every state of the board', async () => {
    const at = await now(database());
    const dueIn = async (name: string) => {
      const { id, setAt } = await accountOf(`${name}@northwind.example`);
      const due = expirationDue(await policyFor(id), { changedAt: setAt, spread: 0 });
      return Math.round(((due?.dueAt ?? 0) - at) / days(1));
    };
    expect(await dueIn('compliant')).toBe(70);
    expect(await dueIn('due')).toBe(5);
    expect(await dueIn('expired')).toBe(-30);
    expect((await accountOf('compliant@northwind.example')).factors).toEqual(['totp']);
    expect((await accountOf('weak@northwind.example')).factors).toEqual(['sms']);
    expect((await accountOf('blocked@northwind.example')).factors).toEqual([]);
    expect((await accountOf('no-contact@northwind.example')).contactEmail).toBeNull();
  });

  it('has a strict domain policy for Northwind, none for Harbor, and a guest of both', async () => {
    const owner = await policyFor((await accountOf('owner@northwind.example')).id);
    expect(owner.values).toMatchObject({ passwordLengthMin: 12, secondFactorRequired: true });
    const harbor = await accountOf('owner@harbor.example');
    expect((await policyFor(harbor.id)).layers).toEqual([]);
    const guest = await accountOf('guest@partner.example');
    expect(guest.organizations).toEqual(['Harbor:guest', 'Northwind:guest']);
    expect((await accountOf('operator@gatehouse.example')).operatorSince).not.toBeNull();
  });

  it('leaves whole audit chains and no mail', async () => {
    const chains = await database().select({ chain: auditChains.chain }).from(auditChains);
    expect(chains.length).toBeGreaterThan(10);
    for (const { chain } of chains) expect((await verifyChain(database(), chain)).ok).toBe(true);
    expect(await database().$count(outbox, isNull(outbox.deliveredAt))).toBe(0);
  });
});
