import { eq, sql } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { activateNow, addPerson, confirmNow, type PolicyWorld, policyWorld } from '@/bin/test/policy-world';
import {
  accounts,
  auditEvents,
  passwords,
  sessions,
  signInAttempts,
  totpAuthenticators,
} from '@/drizzle/schema';
import { rightPassword } from '@/lib/account/test-person';
import { closeDatabase, database, transaction } from '@/lib/io/db';
import { hashPassword } from '@/lib/io/hash';
import { newId } from '@/lib/io/token';
import { editDraft } from '@/lib/organization/policies/drafts';
import { saveDraft } from '@/lib/organization/policies/save';
import { policyScreen } from '@/lib/organization/policies/screen';
import { layerFor } from '@/lib/organization/policies/what-if';
import { defaultPolicy, type Policy } from '@/lib/policy/policy';
import type { SignInStep } from '@/lib/policy/sign-in';
import { beginAttempt, recordPasswordProof, recordSecondFactorProof } from './attempts';
import { findClaimant } from './claimant';
import { simulate } from './simulation';
import { provePassword } from './verify';

afterAll(() => closeDatabase());

const hashed = hashPassword(rightPassword);
const address = '192.0.2.44';

type Person = { readonly id: string; readonly email: string };

async function newPerson(
  world: PolicyWorld,
  more: { daysOld?: number; app?: boolean } = {},
): Promise<Person> {
  const id = await addPerson(world.domain);
  const hash = await hashed;
  if (!hash.ok) throw new Error('nothing else hashes in a test');
  const setAt = sql`now() - make_interval(days => ${more.daysOld ?? 2})`;
  await database()
    .insert(passwords)
    .values({ id: newId(), accountId: id, hash: hash.value, origin: 'self', setAt });
  const [row] = await database()
    .update(accounts)
    .set({ contactEmail: sql`login_email`, contactEmailProvenAt: sql`now()` })
    .where(eq(accounts.id, id))
    .returning({ email: accounts.loginEmail });
  if (more.app)
    await database().insert(totpAuthenticators).values({
      id: newId(),
      accountId: id,
      boundTo: newId(),
      sealedSecret: 'x',
      pendingUntil: 0,
      confirmedAt: 0,
    });
  return { id, email: row?.email ?? '' };
}

/** Signs in for real, with the right password and the app where one is bound, as far as the way goes. */
async function signIn(person: Person, domain: string, password = rightPassword): Promise<SignInStep> {
  const client = { address, userAgent: 'test browser' };
  const attempt = await beginAttempt(database(), {
    email: person.email,
    accountId: person.id,
    client: { kind: 'web', name: null },
    ...client,
    returnTo: null,
  });
  const typed = { email: person.email, domain, password, deviceCookie: null, ...client };
  const proven = await provePassword(typed, (tx, proof) => recordPasswordProof(tx, attempt.id, proof));
  if (!proven.ok) {
    if (proven.error.code === 'address_refused') return 'address_refused';
    return proven.error.code === 'locked' ? 'locked_out' : 'password';
  }
  const standing = async () => (await findClaimant({ id: attempt.id }, address))?.step ?? 'password';
  if ((await standing()) === 'second_factor')
    await transaction((tx) => recordSecondFactorProof(tx, attempt.id, 'totp'));
  return standing();
}

const ask = async (world: PolicyWorld, person: Person, which: 'draft' | 'in_force') => {
  const screen = await policyScreen(world.organizationId, world.domain);
  if (screen === null) throw new Error('no policy');
  const domain = await layerFor(screen, which);
  const { organizationId } = world;
  return simulate({ organizationId, email: person.email, address, client: 'web', at: null, domain });
};

async function draft(world: PolicyWorld, more: Partial<Policy>) {
  const screen = await policyScreen(world.organizationId, world.domain);
  const body = { ...defaultPolicy, singleWebSession: false, ...more };
  const baseVersionId = screen?.newest.id ?? '';
  const edited = await editDraft(world.owner, world.domain, { body, seen: { baseVersionId, revision: 0 } });
  if (!edited.ok) throw new Error(edited.error.code);
  return { baseVersionId, revision: edited.value.revision };
}

const list = (cidr: string): Partial<Policy> => ({
  allowList: { mode: 'enforce', entries: [{ cidr, label: '', expiresAt: null }] },
});
const mandate = { secondFactorRequired: true, secondFactorGraceHours: 0 };

describe('the simulator says what then happens', () => {
  it.each<[string, Partial<Policy>, { daysOld?: number; app?: boolean }, SignInStep]>([
    ['to somebody whom nothing stops', { lockoutMinutes: 30 }, {}, 'signed_in'],
    ['at an address in no network of the list', list('203.0.113.0/24'), {}, 'address_refused'],
    ['at an address in the list', list('192.0.2.0/24'), {}, 'signed_in'],
    ['without a factor once it is required', mandate, {}, 'enroll_second_factor'],
    ['with the app bound', mandate, { app: true }, 'signed_in'],
    [
      'with an app where a passkey is asked',
      { ...mandate, secondFactorStrength: 4 },
      { app: true },
      'enroll_second_factor',
    ],
    ['with an old password in the first week', { passwordExpirationDays: 90 }, { daysOld: 400 }, 'signed_in'],
  ])('%s', async (_, more, person, expected) => {
    const world = await policyWorld();
    await activateNow(world);
    await confirmNow(world);
    const member = await newPerson(world, person);
    const seen = await draft(world, more);
    expect((await ask(world, member, 'draft'))?.step).toBe(expected);
    expect(
      await saveDraft(world.owner, world.domain, { seen, isActive: true, activate: false }),
    ).toMatchObject({ ok: true });
    const simulation = await ask(world, member, 'in_force');
    expect(simulation?.step).toBe(expected);
    expect(await signIn(member, world.domain)).toBe(expected);
  });

  it('during a lock', async () => {
    const world = await policyWorld();
    const member = await newPerson(world);
    for (let tries = 0; tries < 5; tries += 1) await signIn(member, world.domain, `wrong-${tries}-Password`);
    expect((await ask(world, member, 'in_force'))?.step).toBe('locked_out');
    expect(await signIn(member, world.domain)).toBe('locked_out');
  });
});

describe('a simulation', () => {
  it('writes nothing', async () => {
    const world = await policyWorld();
    const member = await newPerson(world, { app: true });
    const counts = () =>
      Promise.all(
        [sessions, signInAttempts, auditEvents, passwords].map((table) => database().$count(table)),
      );
    const before = await counts();
    await ask(world, member, 'in_force');
    expect(await counts()).toEqual(before);
  });

  it('answers about nobody whom another organization’s domain binds', async () => {
    const [world, other] = [await policyWorld(), await policyWorld()];
    const stranger = await newPerson(other);
    expect(await ask(world, stranger, 'in_force')).toBeNull();
    expect(await ask(other, stranger, 'in_force')).not.toBeNull();
  });
});
