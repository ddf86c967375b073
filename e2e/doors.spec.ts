import { expect, test } from '@playwright/test';
import { callAction, type Part } from './actions';
import {
  actions,
  each,
  fingerprint,
  isRole,
  label,
  leadsToLogin,
  type Role,
  roles,
  type World,
  worldOf,
} from './door-world';

test.describe.configure({ timeout: 240_000 });

let world: World;
test.beforeAll(async ({ browser }) => {
  world = await worldOf(browser);
});

test('every action declares its door, and those of an organization ask for a role', () => {
  expect(actions.length).toBeGreaterThan(60);
  const undeclared = actions.filter(({ door }) => door === null).map(label);
  expect(undeclared.filter((name) => !known.has(name))).toEqual([]);
  const open = actions.filter(
    ({ file, door }) => file.startsWith('app/organizations/[slug]/') && !isRole(door),
  );
  expect(open.map(label)).toEqual([]);
  const accounts = actions.filter(({ file, door }) => file.startsWith('app/account/') && door === 'anyone');
  expect(accounts.map(label)).toEqual([]);
});

/** Written without the wrapper, or through a function of their own; each is looked at by a test of its own folder. */
const known = new Set([
  'app/sign-out/actions.ts#signOut',
  'app/(sign-in)/mailed-link/actions.ts#hold',
  'app/(sign-in)/mailed-link/actions.ts#freezeContact',
]);

test('a form sent this way arrives: an owner’s own change is done', async () => {
  const save = actions.find(
    (action) => label(action) === 'app/organizations/[slug]/settings/actions.ts#saveSettings',
  );
  if (save === undefined) throw new Error('the settings have no action');
  const parts: Part[] = [
    ['organization', world.organization.slug],
    ['name', 'Renamed Company'],
  ];
  const { slug } = world.organization;
  const { status } = await callAction(save, { cookie: world.cookies.owner, slug, parts });
  expect(status).toBe(200);
  expect(await fingerprint(world)).toContain('Renamed Company');
});

test('anonymous callers are led to sign-in by every action behind a door', async () => {
  const guarded = actions.filter(({ door }) => door !== null && door !== 'anyone');
  const wrong: string[] = [];
  const before = await fingerprint(world);
  await each(guarded, async (action) => {
    const answer = await callAction(action, {
      cookie: world.cookies.anonymous,
      slug: world.organization.slug,
      parts: world.parts,
    });
    if (!leadsToLogin(answer)) wrong.push(`${label(action)}: ${answer.status} ${answer.to}`);
  });
  expect(await fingerprint(world)).toBe(before);
  expect(wrong).toEqual([]);
});

test('a role that is too low gets 403, another organization’s owner 404, and nothing changes', async () => {
  const guarded = actions.filter(({ door }) => isRole(door));
  const wrong: string[] = [];
  const before = await fingerprint(world);
  await each(guarded, async (action) => {
    const needed = roles.indexOf(action.door as Role);
    const callers = [...roles.slice(0, needed), 'foreign'] as const;
    for (const caller of callers) {
      const answer = await callAction(action, {
        cookie: world.cookies[caller],
        slug: world.organization.slug,
        parts: world.parts,
      });
      const expected = caller === 'foreign' ? 404 : 403;
      if (answer.status !== expected)
        wrong.push(`${label(action)} as ${caller}: ${answer.status} ${answer.to}`);
    }
  });
  expect(await fingerprint(world)).toBe(before);
  expect(wrong).toEqual([]);
});

test('an operator’s actions answer everybody else like a place that is not there', async () => {
  const guarded = actions.filter(({ door }) => door === 'operator');
  expect(guarded.length).toBeGreaterThan(2);
  const wrong: string[] = [];
  const before = await fingerprint(world);
  await each(guarded, async (action) => {
    for (const caller of roles) {
      const answer = await callAction(action, {
        cookie: world.cookies[caller],
        slug: world.organization.slug,
        parts: world.parts,
      });
      if (answer.status !== 404) wrong.push(`${label(action)} as ${caller}: ${answer.status} ${answer.to}`);
    }
  });
  expect(await fingerprint(world)).toBe(before);
  expect(wrong).toEqual([]);
});
