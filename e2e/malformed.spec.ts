import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { callAction, callWith, multipart, type Part, send } from './actions';
import { actions, each, label, type World, worldOf } from './door-world';

test.describe.configure({ timeout: 240_000 });

let world: World;
test.beforeAll(async ({ browser }) => {
  world = await worldOf(browser);
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

/** These end the caller's own session or membership, which the others need. */
const ends = (name: string) => /sign-out|endOthers|leave|shutOut|signInAgain/.test(name);

const isOwnerStillThere = async () =>
  (
    await send(`/organizations/${world.organization.slug}/members`, {
      headers: { cookie: world.cookies.owner },
    })
  ).status;

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
    expect(await isOwnerStillThere()).toBe(200);
  });
}

test('no action breaks on arguments that are no form', async () => {
  const broken: string[] = [];
  const lists = ['[]', '[null,null]', '["a","b"]', '[{"status":"idle"},{"entries":1}]', '[1,["x"]]'];
  const others = ['{}', '"x"', '7', 'true', 'null', '[', '["$F1"]', '[{"status":"$S1"},"$K1"]'];
  const inputs = [...lists, ...others];
  await each(
    actions.filter((action) => !ends(label(action))),
    async (action) => {
      for (const input of inputs) {
        const { status } = await callWith(
          action,
          { cookie: world.cookies.owner, slug: world.organization.slug },
          input,
        );
        if (status !== 400) broken.push(`${label(action)} on ${input}: ${status}`);
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

/** Every page of the app, with the organization's slug in its place. */
function pages(slug: string): readonly string[] {
  const folders = fs.readdirSync('app', { recursive: true, encoding: 'utf8' });
  return folders
    .filter((file) => /(?:^|[\\/])page\.tsx$/.test(file))
    .map((file) => `/${path.dirname(file).replaceAll(path.sep, '/')}`.replace(/\/\([^)]*\)|\/\.$/g, ''))
    .map((page) => page.replace('[slug]', slug).replace(/\[[^\]]+\]/g, 'nonsense') || '/');
}

const strange = [
  '%00',
  '%ff%fe',
  '%ed%a0%80',
  'a'.repeat(5000),
  '-1',
  '1e309',
  '%0d%0aSet-Cookie:x=1',
  '%3Cscript%3E',
  '%25',
];
const parameters = [
  'page',
  'after',
  'before',
  'search',
  'q',
  'filter',
  'state',
  'member',
  'membership',
  'panel',
  'domain',
  'token',
  'version',
  'compare',
  'from',
  'to',
  'error',
  'organization',
  'return_to',
  'method',
  'id',
  'zone',
  'at',
  'time',
  'address',
];

test('no page breaks on strange parameters, given once, twice, or in its path', async () => {
  const broken: string[] = [];
  const { slug } = world.organization;
  const queries = strange.map((value) =>
    parameters.map((name) => `${name}=${value.slice(0, 300)}`).join('&'),
  );
  const twice = parameters.map((name) => `${name}=x&${name}=y`).join('&');
  const targets = pages(slug).flatMap((page) => [...queries, twice].map((query) => `${page}?${query}`));
  const slugs = strange.map((value) => `/organizations/${value}/members`);
  await each([...targets, ...slugs], async (target) => {
    for (const cookie of ['', world.cookies.owner]) {
      const { status, headers } = await send(target, { headers: { cookie } });
      if (status >= 500 || headers['set-cookie']?.some((line) => line.startsWith('x=')))
        broken.push(`${target.slice(0, 120)}: ${status}`);
    }
  });
  expect(broken).toEqual([]);
});

test('no parameter leads to another site', async () => {
  const away = [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/%5cevil.example',
    '/%09/evil.example',
    '/%2f%2fevil.example',
    'javascript:alert(1)',
    '/\n/evil.example',
    '/.//evil.example',
  ];
  const wrong: string[] = [];
  for (const target of away)
    for (const page of ['/login', '/login/done', '/change-password', '/contact-email', '/enroll', '/confirm'])
      for (const cookie of ['', world.cookies.owner]) {
        const { to } = await send(`${page}?return_to=${encodeURIComponent(target)}`, { headers: { cookie } });
        const led = to === '' ? null : new URL(to, process.env.GATEHOUSE_E2E_URL);
        if (led !== null && led.origin !== new URL(process.env.GATEHOUSE_E2E_URL ?? '').origin)
          wrong.push(`${page} ${target}: ${to}`);
      }
  expect(wrong).toEqual([]);
});
