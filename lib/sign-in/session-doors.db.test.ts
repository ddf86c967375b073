import { eq } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { client, personOf, type World, worldWith } from '@/bin/test/password-doors';
import { addSession, addVersion } from '@/bin/test/rows';
import { accounts, domainPolicies, passkeys, sessions, signInAttempts } from '@/drizzle/schema';
import { rightPassword } from '@/lib/account/test-person';
import { closeDatabase, database, transaction } from '@/lib/io/db';
import { issueLink } from '@/lib/io/once';
import { Outage } from '@/lib/io/outage';
import { newId } from '@/lib/io/token';
import type { Policy } from '@/lib/policy/policy';
import { minutes } from '@/lib/policy/time';
import { judgeSession } from '@/lib/session/judgement';
import { beginAttempt, type ClientKind, recordPasskeyProof, recordPasswordProof } from './attempts';
import { redeemTicket } from './finish';
import { registerByInvitation } from './invitation';
import { resetPassword } from './reset';
import { registerBySignUp } from './sign-up';
import { typed } from './test-login';
import { issueTicket } from './ticket';
import { provePassword } from './verify';

afterAll(closeDatabase);

/** Somebody whom nothing but the policy asks for anything. */
async function settledPerson(world: World) {
  const person = await personOf(world);
  const proven = { contactEmail: person.email, contactEmailProvenAt: Date.now() };
  await database().update(accounts).set(proven).where(eq(accounts.id, person.id));
  return person;
}

const begin = ({ id, email }: { readonly id: string; readonly email: string }, kind: ClientKind) =>
  beginAttempt(database(), { email, accountId: id, client: { kind, name: null }, ...client, returnTo: null });

async function withPassword(person: { id: string; email: string }, password: string, kind: ClientKind) {
  const attempt = await begin(person, kind);
  const entry = { ...typed(person.email, password), address: client.address };
  const proven = await provePassword(entry, (tx, proof) => recordPasswordProof(tx, attempt.id, proof));
  return proven.ok ? attempt.id : proven.error.code;
}

/** Every way in, up to where a session would be made: the attempt, or why there is none. */
const doors: Readonly<Record<string, (world: World, kind: ClientKind) => Promise<string>>> = {
  'a password': async (world, kind) => withPassword(await settledPerson(world), rightPassword, kind),

  'a passkey': async (world, kind) => {
    const person = await settledPerson(world);
    const key = { credentialId: newId(), publicKey: new Uint8Array([1]), counter: 0, backedUp: false };
    await database()
      .insert(passkeys)
      .values({ ...key, id: newId(), accountId: person.id, name: 'Key' });
    const attempt = await begin(person, kind);
    await transaction((tx) => recordPasskeyProof(tx, attempt.id, null));
    return attempt.id;
  },

  'a reset': async (world, kind) => {
    const person = await settledPerson(world);
    const { id: accountId, email } = person;
    const link = { purpose: 'reset_password', email, accountId, lifetime: minutes(15) } as const;
    const { token } = await transaction((tx) => issueLink(tx, link));
    const password = 'Meadow-sparrow-71';
    const reset = await resetPassword({ token, password }, client);
    return reset.ok ? withPassword(person, password, kind) : reset.error.code;
  },

  'an invitation': async ({ organization, domain }) => {
    const person = { email: `i${newId().slice(-12)}@${domain}`, name: 'Ivo Invited', ...client };
    const joining = { organizationId: organization.id, role: 'member' } as const;
    const choice = { password: 'Meadow-sparrow-71', organization: 'Crestline', joining };
    const begun = await registerByInvitation(
      { ...person, ...choice, slug: organization.slug },
      async () => true,
    );
    return begun.ok ? begun.value.id : begun.error.code;
  },

  'a sign-up': async ({ domain }) => {
    const link = {
      purpose: 'sign_up',
      email: `n${newId().slice(-12)}@${domain}`,
      lifetime: minutes(60),
    } as const;
    const { token } = await transaction((tx) => issueLink(tx, link));
    const choice = { name: 'Nia Newcomer', password: 'Meadow-sparrow-71', organization: 'Own', ...client };
    const begun = await registerBySignUp(token, choice, async () => true);
    return begun.ok ? begun.value.id : begun.error.code;
  },
};
const names = Object.keys(doors);

/** Goes through a door to its end, with another browser of the same person signed in. */
async function enter(name: string, values: Partial<Policy>, kind: ClientKind = 'web') {
  const attemptId =
    (await doors[name]?.(await worldWith({ singleWebSession: false, ...values }), kind)) ?? '';
  const ticket = attemptId.includes('-') ? await issueTicket(database(), attemptId) : null;
  if (ticket === null) return { refused: attemptId };
  const [row] = await database()
    .select({ accountId: signInAttempts.accountId })
    .from(signInAttempts)
    .where(eq(signInAttempts.id, attemptId));
  const other = await addSession(row?.accountId ?? '');
  const finished = await redeemTicket(ticket, client);
  if (!finished.ok) return { refused: 'step' in finished.error ? finished.error.step : finished.error.code };
  const [session] = await database()
    .select({ minutes: sessions.overallMinutesAtCreation, closes: sessions.closeWithBrowser })
    .from(sessions)
    .where(eq(sessions.id, finished.value.sessionId));
  const elsewhere = await judgeSession(other.token, client.address);
  return { ...session, elsewhere: elsewhere.state === 'ended' ? elsewhere.reason : elsewhere.state };
}

const list = (cidr: string): Partial<Policy> => ({
  allowList: { mode: 'enforce', entries: [{ cidr, label: '', expiresAt: null }] },
});
const mandate = { secondFactorRequired: true, secondFactorGraceHours: 0 } as const;
const usual = { minutes: 1440, closes: false, elsewhere: 'running' };

describe.each(names)('a web session by %s', (name) => {
  test.each<[string, Partial<Policy>, object]>([
    ['no rule', {}, usual],
    ['an overall timeout', { webSessionHours: 3 }, { ...usual, minutes: 180 }],
    ['close with browser', { closeWithBrowser: true }, { ...usual, closes: true }],
    ['one web session', { singleWebSession: true }, { ...usual, elsewhere: 'signed_in_elsewhere' }],
    ['limits of other kinds', { mobileSessionHours: 1, desktopSessionsAllowed: false }, usual],
    ['a list with its address', list('192.0.2.0/24'), usual],
    [
      'a list that only watches',
      { allowList: { mode: 'monitor', entries: [{ cidr: '203.0.113.0/24', label: '', expiresAt: null }] } },
      usual,
    ],
  ])('under %s', async (_, values, expected) => {
    expect(await enter(name, values)).toEqual(expected);
  });

  test('comes from no address that a list refuses', async () => {
    expect(await enter(name, list('203.0.113.0/24'))).toEqual({ refused: 'address_refused' });
  });

  test('needs the second factor that its domain asks for at once', async () => {
    const expected =
      name === 'a passkey' ? { ...usual, elsewhere: 'running' } : { refused: 'enroll_second_factor' };
    expect(await enter(name, mandate)).toEqual(expected);
  });
});

describe.each(['mobile', 'desktop'] as const)('a %s session', (kind) => {
  const own = kind === 'mobile' ? 'mobileSessionHours' : 'desktopSessionHours';
  const allowed = kind === 'mobile' ? 'mobileSessionsAllowed' : 'desktopSessionsAllowed';

  test('has the limit of its kind, none by default, and leaves web sessions alone', async () => {
    const rules = { singleWebSession: true, webSessionHours: 1 };
    expect(await enter('a password', rules, kind)).toEqual({ ...usual, minutes: null });
    expect(await enter('a password', { ...rules, [own]: 5 }, kind)).toEqual({ ...usual, minutes: 300 });
  });

  test('is not made where its kind is switched off', async () => {
    expect(await enter('a password', { [allowed]: false }, kind)).toEqual({ refused: 'kind_disabled' });
  });
});

test('a policy that cannot be read is an outage at sign-in, and lets nobody in', async () => {
  const world = await worldWith({});
  const person = await settledPerson(world);
  const [policy] = await database()
    .select({ id: domainPolicies.id })
    .from(domainPolicies)
    .where(eq(domainPolicies.domain, world.domain));
  const entries = [{ cidr: 'nonsense', label: '', expiresAt: null }];
  await addVersion(policy?.id ?? '', { body: { allowList: { mode: 'enforce', entries } } });
  await expect(withPassword(person, rightPassword, 'web')).rejects.toBeInstanceOf(Outage);
});
