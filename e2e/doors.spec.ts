import { type Browser, expect, test } from '@playwright/test';
import { type Answer, callAction, callWith, multipart, type Part, send, serverActions } from './actions';
import {
  database,
  freshEmail,
  newDomainPolicy,
  newMember,
  newOrganizationWithOwner,
  newPerson,
  type Organization,
  type Person,
  signIn,
  unique,
} from './world';

const actions = serverActions();
const roles = ['guest', 'member', 'admin', 'owner'] as const;
type Role = (typeof roles)[number];
const isRole = (door: string | null): door is Role => roles.some((role) => role === door);

/** The cookies of somebody who signed in as a person would. */
async function cookiesOf(browser: Browser, person: Person): Promise<string> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, person);
  const cookies = await context.cookies();
  await context.close();
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

type World = {
  readonly organization: Organization;
  readonly target: Person;
  readonly cookies: Readonly<Record<'anonymous' | Role | 'foreign', string>>;
  readonly parts: readonly Part[];
};

async function worldOf(browser: Browser): Promise<World> {
  const domain = `d${unique()}.example`;
  const { organization, owner } = await newOrganizationWithOwner({
    plan: 'pro',
    ownerEmail: freshEmail('owner', domain),
  });
  await newDomainPolicy(organization, domain, { singleWebSession: false });
  const people = {
    owner,
    admin: await newMember(organization, 'admin'),
    member: await newMember(organization, 'member'),
    guest: await newMember(organization, 'guest'),
    foreign: (await newOrganizationWithOwner({ plan: 'pro' })).owner,
  };
  const target = await newMember(organization, 'member', await newPerson(freshEmail('target', domain)));
  const [row] = await database`select id from memberships where account_id = ${target.id}`;
  const cookies = {
    anonymous: '',
    owner: await cookiesOf(browser, people.owner),
    admin: await cookiesOf(browser, people.admin),
    member: await cookiesOf(browser, people.member),
    guest: await cookiesOf(browser, people.guest),
    foreign: await cookiesOf(browser, people.foreign),
  };
  const parts: Part[] = [
    ['organization', organization.slug],
    ['slug', organization.slug],
    ['membership', String(row?.id)],
    ['member', String(row?.id)],
    ['id', String(row?.id)],
    ['domain', domain],
    ['reason', 'because'],
    ['role', 'owner'],
    ['name', 'Taken over'],
    ['graceHours', '0'],
    ['minimumStrength', '1'],
    ['emails', 'someone@elsewhere.example'],
    ['temporaryByAdmins', 'on'],
  ];
  return { organization, target, cookies, parts };
}

/** What nobody without the right may change, as one text. */
async function fingerprint({ organization, target }: World): Promise<string> {
  const [row] = await database`
    select (select o::text from organizations o where o.id = ${organization.id}) as organization,
      (select string_agg(m::text, '' order by m.id) from memberships m where m.organization_id = ${organization.id}) as memberships,
      (select string_agg(i::text, '' order by i.id) from invitations i where i.organization_id = ${organization.id}) as invitations,
      (select string_agg(r::text, '' order by r.id) from second_factor_rules r where r.organization_id = ${organization.id}) as rules,
      (select string_agg(c::text, '' order by c.id) from domain_claims c where c.organization_id = ${organization.id}) as claims,
      (select string_agg(p::text || (select string_agg(v::text, '' order by v.id) from policy_versions v where v.policy_id = p.id), ''
        order by p.id) from domain_policies p where p.organization_id = ${organization.id}) as policies,
      (select a::text from accounts a where a.id = ${target.id}) as account,
      (select string_agg(p::text, '' order by p.id) from passwords p where p.account_id = ${target.id}) as passwords`;
  return JSON.stringify(row);
}

const label = ({ file, name }: (typeof actions)[number]) => `${file}#${name}`;
const leadsToLogin = ({ to }: Answer) => to.startsWith('/login');

/** Works through a list with a few requests at once. */
async function each<T>(list: readonly T[], run: (one: T) => Promise<void>): Promise<void> {
  const queue = [...list];
  const worker = async () => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) await run(one);
  };
  await Promise.all(Array.from({ length: 4 }, worker));
}

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

const long = 'a'.repeat(100_000);

/** Ways in which a form can be made that no page of ours makes. */
const malformed: Readonly<Record<string, (fields: readonly string[], slug: string) => readonly Part[]>> = {
  'nothing at all': () => [],
  'only the organization': (_fields, slug) => [['organization', slug]],
  'U+0000': (fields, slug) => fields.map((name) => [name, name === 'organization' ? slug : 'a\0b']),
  'broken UTF-8': (fields, slug) =>
    fields.map((name) => [
      name,
      name === 'organization' ? slug : Buffer.from([0x61, 0xed, 0xa0, 0x80, 0xff]),
    ]),
  '100,000 characters': (fields, slug) =>
    fields.slice(0, 9).map((name) => [name, name === 'organization' ? slug : long]),
  'every field twice': (fields, slug) =>
    fields.flatMap((name): Part[] => {
      const value = name === 'organization' ? slug : 'x';
      return name === 'organization'
        ? [[name, value]]
        : [
            [name, value],
            [name, value],
          ];
    }),
  'the organization twice': (_fields, slug) => [
    ['organization', slug],
    ['organization', slug],
  ],
  'files for text': (fields, slug) =>
    fields.map((name): Part => (name === 'organization' ? [name, slug] : [name, 'x', 'x.txt'])),
  'strange numbers': (fields, slug) => fields.map((name) => [name, name === 'organization' ? slug : '1e309']),
  'another million': (fields, slug) =>
    fields.map((name) => [name, name === 'organization' ? slug : '-99999999999999999999']),
  'names of the language': (_fields, slug) => [
    ['organization', slug],
    ['__proto__', 'x'],
    ['constructor', 'x'],
    ['toString', 'x'],
  ],
  'ids that are none': (fields, slug) =>
    fields.map((name) => [name, name === 'organization' ? slug : '00000000-0000-0000-0000-00000000000g']),
  'lines and markup': (fields, slug) =>
    fields.map((name) => [
      name,
      name === 'organization' ? slug : '<img src=x onerror=alert(1)>\r\nBcc: a@b.example',
    ]),
};

const ends = (name: string) => /sign-out|endOthers|leave/.test(name);

for (const [title, make] of Object.entries(malformed)) {
  test(`no action breaks on ${title}`, async () => {
    const broken: string[] = [];
    await each(
      actions.filter((action) => !ends(label(action))),
      async (action) => {
        for (const caller of ['anonymous', 'owner'] as const) {
          const parts = make(action.fields, world.organization.slug);
          const { status } = await callAction(action, {
            cookie: world.cookies[caller],
            slug: world.organization.slug,
            parts,
          });
          if (status >= 500) broken.push(`${label(action)} as ${caller}: ${status}`);
        }
      },
    );
    expect(broken).toEqual([]);
  });
}

test('no action breaks on arguments that are no form', async () => {
  const broken: string[] = [];
  const inputs = ['[]', '[null,null]', '["a","b"]', '[{"status":"idle"},{"entries":1}]', '[1,["x"]]', '{}'];
  await each(
    actions.filter((action) => !ends(label(action))),
    async (action) => {
      for (const input of inputs) {
        const { status } = await callWith(
          action,
          { cookie: world.cookies.owner, slug: world.organization.slug },
          input,
        );
        if (status >= 500) broken.push(`${label(action)} on ${input}: ${status}`);
      }
    },
  );
  expect(broken).toEqual([]);
});

test('no page breaks on a form or an action that does not exist', async () => {
  const broken: string[] = [];
  const bodies: readonly (readonly Part[])[] = [
    [['$ACTION_ID_nonsense', '']],
    [
      ['$ACTION_REF_1', ''],
      ['$ACTION_1:0', 'nonsense'],
    ],
    [
      ['$ACTION_REF_1', ''],
      ['$ACTION_1:0', '{"id":"x","bound":null}'],
    ],
    [['$ACTION_KEY', 'x']],
    [['email', 'x']],
  ];
  for (const parts of bodies) {
    const form = multipart(parts);
    const { status } = await send('/login', { method: 'POST', headers: form.headers, body: form.body });
    if (status >= 500) broken.push(`${JSON.stringify(parts)}: ${status}`);
  }
  const [some] = actions;
  if (some === undefined) throw new Error('the build has no action');
  const nobody = { cookie: '', slug: world.organization.slug };
  const unknown = await callWith({ ...some, id: '0'.repeat(42) }, nobody, '[]');
  if (unknown.status >= 500) broken.push(`an unknown action: ${unknown.status}`);
  expect(broken).toEqual([]);
});
