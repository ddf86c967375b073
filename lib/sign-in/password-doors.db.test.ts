import { eq } from 'drizzle-orm';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import {
  client,
  codesOf,
  doors,
  formerPassword,
  personOf,
  type World,
  worldWith,
} from '@/bin/test/password-doors';
import { addAccount, addMembership } from '@/bin/test/rows';
import { memberships, organizations, programmeItems } from '@/drizzle/schema';
import { rightPassword } from '@/lib/account/test-person';
import { closeDatabase, database } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { setTemporaryPassword } from '@/lib/organization/help-authenticators';
import { checkPassword } from '@/lib/policy/password';
import type { Policy } from '@/lib/policy/policy';
import { days, hours, seconds } from '@/lib/policy/time';
import { policyFor } from '@/lib/session/policy-in-force';

afterAll(closeDatabase);
afterEach(async () => {
  await database().delete(programmeItems);
});

const names = Object.keys(doors);
const withHistory = names.filter((name) => name !== 'a sign-up' && name !== 'an invitation');
const voluntary = ['a change by choice'];
const good = 'Meadow-sparrow-71';

/** A setting, a password that it alone refuses, what is said, and at which doors. */
const table: readonly (readonly [string, Partial<Policy>, string, string, readonly string[]])[] = [
  ['Minimum password length', { passwordLengthMin: 12 }, 'sparrow-71', 'too_short', names],
  ['Maximum password length', { passwordLengthMax: 10 }, 'sparrow-716', 'too_long', names],
  ['an uppercase letter', { passwordUppercase: true }, 'sparrow-71', 'uppercase_missing', names],
  ['a lowercase letter', { passwordLowercase: true }, 'SPARROW-71', 'lowercase_missing', names],
  ['a number', { passwordNumber: true }, 'sparrow-mead', 'number_missing', names],
  ['a non-alphanumeric character', { passwordSymbol: true }, 'sparrow71', 'symbol_missing', names],
  ['breached and common passwords', { breachedCheck: true }, 'Password123!', 'common', names],
  ['reuse', { passwordReuse: 5 }, formerPassword, 'reused', withHistory],
  ['the current password', {}, rightPassword, 'same_as_current', withHistory],
  ['minimum age', { passwordMinimumAgeHours: 72 }, good, 'too_young', voluntary],
  ['U+0000', {}, 'sparrow\u0000-71', 'null_character', names],
  ['half a character', {}, 'sparrow\ud800-71', 'malformed', names],
  ['more than can be submitted', {}, 'x'.repeat(1001), 'too_long_to_submit', names],
];

const tryAt = async (name: string, world: World, wanted: string, age?: number) => {
  const answer = await doors[name]?.(world, wanted, age);
  return answer && codesOf(answer);
};

describe.each(table)('%s', (_setting, values, candidate, code, refusing) => {
  test.each(names)('at %s', async (name) => {
    const expected = refusing.includes(name) ? [code] : ['set'];
    expect(await tryAt(name, await worldWith(values), candidate)).toEqual(expected);
  });
});

test.each(names)('what meets every rule is set at %s', async (name) => {
  const all = {
    passwordUppercase: true,
    passwordLowercase: true,
    passwordNumber: true,
    passwordSymbol: true,
  };
  const rest = {
    breachedCheck: true,
    passwordReuse: 10,
    passwordMinimumAgeHours: 24,
    passwordLengthMin: 12,
  } as const;
  expect(await tryAt(name, await worldWith({ ...all, ...rest }), good)).toEqual(['set']);
});

const floor = {
  control: 'password_rules',
  values: { passwordLengthMin: 12, passwordSpecialCharacters: '!@#$%^&*' },
  startsAt: Date.now() - days(60),
  publishedAt: Date.now() - days(90),
} as const;

test.each(names)('a floor of the programme holds at %s', async (name) => {
  await database()
    .insert(programmeItems)
    .values({ ...floor, id: newId(), cohort: 'all' });
  expect(await tryAt(name, await worldWith({}), 'sparrow-71')).toEqual(['too_short', 'special_missing']);
});

test('who is invited into an organization with SMS is bound by its floor from the start', async () => {
  await database()
    .insert(programmeItems)
    .values({ ...floor, id: newId(), cohort: 'sms_enabled' });
  const world = await worldWith({});
  const { id } = world.organization;
  const smsEnabledAt = Date.now() - days(90);
  await database().update(organizations).set({ smsEnabledAt }).where(eq(organizations.id, id));
  expect(await tryAt('an invitation', world, 'sparrow-71')).toEqual(['too_short', 'special_missing']);
  expect(await tryAt('a sign-up', world, 'sparrow-71')).toEqual(['set']);
});

test('the minimum age ends at its second', async () => {
  const world = await worldWith({ passwordMinimumAgeHours: 24 });
  const door = 'a change by choice';
  expect(await tryAt(door, world, good, hours(24) - seconds(5))).toEqual(['too_young']);
  expect(await tryAt(door, world, good, hours(24))).toEqual(['set']);
});

test('a temporary password of an admin meets the rules of its person', async () => {
  const rules = {
    passwordLengthMin: 20,
    passwordUppercase: true,
    passwordLowercase: true,
    passwordNumber: true,
  };
  const world = await worldWith({ ...rules, passwordSymbol: true, passwordMinimumAgeHours: 72 });
  const person = await personOf(world);
  const admin = await addAccount();
  await addMembership(world.organization.id, admin.id, 'owner');
  const [member] = await database()
    .select({ id: memberships.id })
    .from(memberships)
    .where(eq(memberships.accountId, person.id));
  const actor = { accountId: admin.id, organizationId: world.organization.id, sessionId: null, ...client };
  const given = await setTemporaryPassword(actor, { memberId: member?.id ?? '', reason: 'lost' });
  if (!given.ok) throw new Error(given.error.code);
  const { values } = await policyFor(person.id);
  const facts = { sameAsCurrent: false, reused: false, breached: false, common: false };
  const nobody = { person: null, login: person.email, organizations: [] };
  expect(checkPassword(values, given.value.password, { ...facts, names: nobody })).toEqual([]);
});
