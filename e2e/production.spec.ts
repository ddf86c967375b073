import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import os from 'node:os';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import postgres from 'postgres';
import { startInstance } from '../bin/test/instances.mjs';
import { callAction, send, serverActions } from './actions';
import { database, freshEmail, newPerson, unique } from './world';

/* An instance as it stands in production: behind a proxy, mailing through a provider, without the desk. */

test.describe.configure({ mode: 'serial', timeout: 90_000 });

const actionOf = (name: string) => {
  const found = serverActions().find((action) => action.name === name);
  if (found === undefined) throw new Error(`no action ${name}`);
  return found;
};
const signInAction = actionOf('signIn');
const signUpAction = actionOf('askForLink');

type Received = { readonly key: string; readonly to: string };
/** The provider hangs for as long as it is told to, and takes every letter otherwise. */
const provider = { hangs: false, received: [] as Received[] };
let receiver: Server;
let own: postgres.Sql;
let instance: Awaited<ReturnType<typeof startInstance>>;
const name = `behind_proxy_${unique()}`;
const at = () => new URL(instance.url);

function listen(): Promise<number> {
  receiver = createServer(async (incoming, response) => {
    const body = JSON.parse(await text(incoming));
    provider.received.push({ key: String(incoming.headers['idempotency-key']), to: body.to });
    if (provider.hangs) return;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ id: randomUUID() }));
  });
  return new Promise((resolve) => {
    receiver.listen(0, '127.0.0.1', () => {
      const address = receiver.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}

test.beforeAll(async () => {
  const url = new URL(process.env.GATEHOUSE_E2E_DATABASE_URL ?? '');
  await database.unsafe(`create database ${name}`);
  url.pathname = `/${name}`;
  own = postgres(url.href, { max: 1, onnotice: () => undefined });
  instance = await startInstance(os.tmpdir(), {
    DATABASE_URL: url.href,
    GATEHOUSE_SECRET: randomUUID() + randomUUID(),
    DEV_DESK: 'off',
    TRUSTED_PROXY_HOPS: '1',
    MAIL_FROM: 'Gatehouse <security@gatehouse.example>',
    RESEND_API_KEY: 'a-key',
    RESEND_BASE_URL: `http://127.0.0.1:${await listen()}`,
  });
});

test.afterAll(async () => {
  await instance.stop();
  receiver.closeAllConnections();
  receiver.close();
  await own.end();
  await database.unsafe(`drop database ${name} with (force)`);
});

const tryPassword = (email: string, headers: Readonly<Record<string, string>>, where?: URL) =>
  callAction(signInAction, {
    ...(where === undefined ? {} : { at: where }),
    headers,
    cookie: '',
    slug: '',
    parts: [
      ['email', email],
      ['password', 'not the password'],
    ],
  });

/** From where the last try at an account's password came, as the audit keeps it. */
async function lastAddress(sql: postgres.Sql, email: string): Promise<unknown> {
  const [row] = await sql`
    select p.data ->> 'address' as address from audit_events e
    join audit_personal_data p on p.event_id = e.id
    where e.account_id = (select id from accounts where login_email = ${email}) order by e.sequence desc limit 1`;
  return row?.address;
}

const forwarded = { 'x-forwarded-for': '198.51.100.1, 203.0.113.9', 'x-real-ip': '198.51.100.2' };

test('behind one proxy the address is the one that proxy saw, whatever the client claims', async () => {
  const email = freshEmail('behind');
  await own`insert into accounts (id, login_email, login_domain, login_email_proven_at, name)
    values (${randomUUID()}, ${email}, 'people.example', now(), 'Robin')`;
  await tryPassword(email, forwarded, at());
  expect(await lastAddress(own, email)).toBe('203.0.113.9');
  await tryPassword(
    email,
    { 'x-forwarded-for': '198.51.100.1,2001:db8:0:0::7', 'x-gatehouse-peer': '9.9.9.9' },
    at(),
  );
  expect(await lastAddress(own, email)).toBe('2001:db8::7');
  for (const strange of ['198.51.100.1, 010.0.0.1', '198.51.100.1, ', 'unknown'])
    expect((await tryPassword(email, { 'x-forwarded-for': strange }, at())).status).toBe(200);
  expect(await lastAddress(own, email)).toBe('127.0.0.1');
});

test('without a proxy the address is the socket’s', async () => {
  const { email } = await newPerson();
  await tryPassword(email, forwarded);
  expect(await lastAddress(database, email)).toBe('127.0.0.1');
});

test('the limit of an address is the client’s, not the proxy’s', async () => {
  const tries = (address: string, count: number) =>
    Promise.all(
      Array.from({ length: count }, () =>
        tryPassword(freshEmail(), { 'x-forwarded-for': `${randomUUID()}, ${address}` }, at()),
      ),
    );
  const codes = await tries('203.0.113.20', 36);
  expect(codes.filter(({ body }) => body.includes('too many tries')).length).toBeGreaterThan(0);
  const [other] = await tries('203.0.113.21', 1);
  expect(other?.body).not.toContain('too many tries');
});

test('without the desk nothing of it is there', async () => {
  for (const path of ['/dev', '/dev/outbox.json', '/dev/dns.json', '/dev/demo.json', '/dev/outbox'])
    expect((await send(path, { at: at() })).status, path).toBe(404);
  for (const change of ['saveZoneRecord', 'removeZoneRecord']) {
    const parts = [
      ['name', 'a.example'],
      ['answer', 'values'],
      ['values', 'x'],
    ] as const;
    const { status } = await callAction(actionOf(change), { at: at(), cookie: '', slug: '', parts });
    expect(status, change).toBe(404);
  }
});

test('while the mail provider hangs people are answered, and each mail leaves once it is back', async () => {
  const email = freshEmail('hanging');
  provider.hangs = true;
  const begun = performance.now();
  const { status, body } = await callAction(signUpAction, {
    at: at(),
    cookie: '',
    slug: '',
    parts: [['email', email]],
  });
  expect(status).toBe(200);
  expect(body).toContain('Sent');
  expect(performance.now() - begun).toBeLessThan(5000);
  const seen = () => provider.received.filter(({ to }) => to === email);
  await expect.poll(() => seen().length).toBe(1);
  provider.hangs = false;
  await expect.poll(() => seen().length, { timeout: 40_000 }).toBe(2);
  expect(new Set(seen().map(({ key }) => key)).size).toBe(1);
  const [row] = await own`
    select delivered_at is not null as delivered, sealed_payload, last_error from outbox where recipient = ${email}`;
  expect(row).toMatchObject({ delivered: true, sealed_payload: null, last_error: null });
});

test('SIGTERM lets a request that was begun finish, takes no new one, and ends well', async () => {
  const running = tryPassword(freshEmail(), { 'x-forwarded-for': '203.0.113.30' }, at());
  await pause(100);
  const stopped = instance.stop();
  const { status, body } = await running;
  expect(status).toBe(200);
  expect(body).toContain('is not right');
  expect(await stopped).toBe(0);
  await expect(send('/login', { at: at() })).rejects.toThrow('ECONNREFUSED');
});
