import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { send } from './actions';
import { type Production, startProduction } from './production-world';
import { database, freshEmail, goodPassword, linkFrom, unique } from './world';

test.describe.configure({ mode: 'serial', timeout: 90_000 });

let production: Production;
test.beforeAll(async () => {
  production = await startProduction();
});
test.afterAll(async () => {
  await production.stop();
});

const wrong = { password: 'not the password' };
const from = (address: string) => ({ 'x-forwarded-for': address });

/** From where the last try at an account's password came, as the audit keeps it. */
async function lastAddress(email: string): Promise<unknown> {
  const [row] = await production.rows`
    select p.data ->> 'address' as address from audit_events e
    join audit_personal_data p on p.event_id = e.id
    where e.account_id = (select id from accounts where login_email = ${email}) order by e.sequence desc limit 1`;
  return row?.address;
}

test('behind one proxy the address is the one that proxy saw, whatever the client claims', async () => {
  const { rows, call } = production;
  const email = freshEmail('behind');
  await rows`insert into accounts (id, login_email, login_domain, login_email_proven_at, name)
    values (${randomUUID()}, ${email}, 'people.example', now(), 'Robin')`;
  const tryFrom = (headers: Readonly<Record<string, string>>) => call('signIn', { email, ...wrong }, headers);
  await tryFrom({ ...from('198.51.100.1, 203.0.113.9'), 'x-real-ip': '198.51.100.2' });
  expect(await lastAddress(email)).toBe('203.0.113.9');
  await tryFrom({ ...from('198.51.100.1,2001:db8:0:0::7'), 'x-gatehouse-peer': '9.9.9.9' });
  expect(await lastAddress(email)).toBe('2001:db8::7');
  await tryFrom(from('198.51.100.1, 010.0.0.1'));
  expect(await lastAddress(email)).toBe('127.0.0.1');
});

test('the limit of an address is the client’s, not the proxy’s', async () => {
  const tries = (address: string, count: number) =>
    Promise.all(
      Array.from({ length: count }, () =>
        production.call('signIn', { email: freshEmail(), ...wrong }, from(`${randomUUID()}, ${address}`)),
      ),
    );
  const refused = (await tries('203.0.113.20', 61)).filter(({ body }) => body.includes('too many tries'));
  expect(refused.length).toBeGreaterThan(0);
  expect((await tries('203.0.113.21', 1))[0]?.body).toContain('is not right');
});

test('without the desk nothing of it is there', async () => {
  const { at, call } = production;
  for (const path of ['/dev', '/dev/outbox.json', '/dev/dns.json', '/dev/demo.json', '/dev/outbox'])
    expect((await send(path, { at })).status, path).toBe(404);
  const record = { name: 'a.example', answer: 'values', values: 'x' };
  for (const change of ['saveZoneRecord', 'removeZoneRecord'])
    expect((await call(change, record)).status, change).toBe(404);
});

const cookiesOf = (headers: Readonly<Record<string, unknown>>) =>
  [headers['set-cookie']]
    .flat()
    .map((line) => String(line).split(';')[0] ?? '')
    .filter((pair) => !pair.endsWith('='));

test('with a clock that is wrong by a day everything lasts as long as it should, and a dump holds nothing to get in with', async () => {
  const { at, rows, call, letterTo } = production;
  const email = freshEmail('dumped');
  await call('askForLink', { email }, from('203.0.113.40'));
  const link = linkFrom(await letterTo(email));
  const token = new URL(link, at).searchParams.get('token') ?? '';
  const person = { token, name: 'Dana Dumped', password: goodPassword, organization: `Company ${unique()}` };
  const made = await call('createAccount', person, from('203.0.113.40'));
  const cookies = cookiesOf(made.headers);
  const { status } = await send('/account', { at, headers: { cookie: cookies.join('; ') } });
  expect(status).toBe(200);
  const [session] = await rows`
    select extract(epoch from clock_timestamp() - created_at) as age from sessions
    where account_id = (select id from accounts where login_email = ${email})`;
  expect(Math.abs(Number(session?.age))).toBeLessThan(60);

  await call('askForReset', { email }, from('203.0.113.40'));
  const mailed = () => production.provider.letters.filter(({ to }) => to === email).at(-1);
  await expect.poll(() => mailed()?.text).toContain('/reset-password');
  const reset = new URL(linkFrom(mailed() ?? { text: '' }), at).searchParams.get('token') ?? '';
  const [left] = await rows`
    select extract(epoch from expires_at - clock_timestamp()) as seconds from mailed_links
    where purpose = 'reset_password' and email = ${email}`;
  expect(Number(left?.seconds)).toBeGreaterThan(14 * 60);
  expect(Number(left?.seconds)).toBeLessThanOrEqual(15 * 60);

  const secrets = [token, reset, goodPassword, ...cookies.map((pair) => pair.slice(pair.indexOf('=') + 1))];
  const tables =
    await rows`select table_name as name from information_schema.tables where table_schema = 'public'`;
  const dump: string[] = [];
  for (const { name } of tables)
    dump.push(...(await rows`select t::text as row from ${rows(name)} t`).map(({ row }) => String(row)));
  const text = dump.join('\n');
  expect(text).toContain(email);
  expect(secrets.filter((secret) => secret.length > 15).length).toBeGreaterThan(4);
  for (const secret of secrets.filter((each) => each.length > 15)) expect(text).not.toContain(secret);
  await call('setPassword', { token: reset, newPassword: 'Velvet-Anchor-12-Moss' }, from('203.0.113.40'));
  const { to } = await send('/account', { at, headers: { cookie: cookies.join('; ') } });
  expect(to).toContain('/login');
});

test('while the mail provider hangs people are answered, and each mail leaves once it is back', async () => {
  const { call, provider, rows } = production;
  const email = freshEmail('hanging');
  provider.hangs = true;
  const begun = performance.now();
  const { status, body } = await call('askForLink', { email });
  expect(status).toBe(200);
  expect(body).toContain('Sent');
  expect(performance.now() - begun).toBeLessThan(5000);
  const seen = () => provider.letters.filter(({ to }) => to === email);
  await expect.poll(() => seen().length).toBe(1);
  provider.hangs = false;
  await expect.poll(() => seen().length, { timeout: 40_000 }).toBe(2);
  expect(new Set(seen().map(({ key }) => key)).size).toBe(1);
  const delivered = () => rows`
    select delivered_at is not null as delivered, sealed_payload, last_error from outbox where recipient = ${email}`;
  await expect.poll(async () => (await delivered())[0]?.delivered).toBe(true);
  expect((await delivered())[0]).toMatchObject({ sealed_payload: null, last_error: null });
});

test('while the database turns everybody away people are told, nothing is granted, and it comes back by itself', async () => {
  const { at, name, call, rows } = production;
  const email = freshEmail('gone');
  const ready = async () => (await send('/api/health/ready', { at })).status;
  expect(await ready()).toBe(200);
  await database.unsafe(`alter database ${name} allow_connections false`);
  await database`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
  await expect.poll(ready).toBe(503);
  const { status, body } = await call('signIn', { email, ...wrong });
  expect(status).toBe(200);
  expect(body).toContain('Nothing was changed');
  for (const cookie of ['gh.session=anything', 'gh-attempt=anything']) {
    const page = cookie.startsWith('gh.session') ? '/account/sessions?a=1' : '/second-factor';
    const { to } = await send(page, { at, headers: { cookie } });
    expect(to).toBe(`/unavailable?return_to=${encodeURIComponent(page)}`);
    const told = await send(to, { at, headers: { cookie } });
    expect(told.body).toContain('We cannot reach our own records');
  }
  expect((await send('/api/health/live', { at })).status).toBe(200);
  await database.unsafe(`alter database ${name} allow_connections true`);
  await expect.poll(ready, { timeout: 20_000 }).toBe(200);
  expect((await call('signIn', { email, ...wrong })).body).toContain('is not right');
  expect(await rows`select 1 as one`).toHaveLength(1);
});

test('SIGTERM lets a request that was begun finish, takes no new one, and ends well', async () => {
  const { at, call, instance, rows } = production;
  const running = call('signIn', { email: freshEmail(), ...wrong }, from('203.0.113.30'));
  const begun = async () =>
    (await rows`select 1 from rate_windows where key = 'sign-in:203.0.113.30'`).length;
  await expect.poll(begun, { intervals: [10] }).toBe(1);
  const stopped = instance.stop();
  const { status, body } = await running;
  expect(status).toBe(200);
  expect(body).toContain('is not right');
  expect(await stopped).toBe(0);
  await expect(send('/login', { at })).rejects.toThrow('ECONNREFUSED');
});
