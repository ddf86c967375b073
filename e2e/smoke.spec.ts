import { type IncomingMessage, request as open } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import { callAction, serverActions } from './actions';
import { database, newPerson, signIn } from './world';

const base = new URL(process.env.GATEHOUSE_E2E_URL ?? '');

type Ask = { method?: string; headers?: Record<string, string>; body?: Buffer };

/** A request with nothing added by a browser: its Host and its path go out as they are. */
async function ask(path: string, { method = 'GET', headers = {}, body }: Ask = {}) {
  const outgoing = open({
    host: '127.0.0.1',
    port: base.port,
    path,
    method,
    headers: { host: base.host, ...headers },
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.on('response', resolve).on('error', reject);
  });
  outgoing.end(body);
  const response = await answered;
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

test('every page is guarded by headers and kept by no cache', async () => {
  const { headers, body } = await ask('/login');
  const policy = String(headers['content-security-policy']);
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
  expect(policy).toContain("'strict-dynamic'");
  expect(policy).toContain("form-action 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['referrer-policy']).toBe('same-origin');
  expect(headers['cross-origin-opener-policy']).toBe('same-origin');
  expect(headers['cross-origin-resource-policy']).toBe('same-origin');
  expect(headers['permissions-policy']).toContain('camera=()');
  expect(headers['cache-control']).toContain('no-store');
  expect(headers['x-powered-by']).toBeUndefined();
  const scripts = body.match(/<script\b[^>]*>/g) ?? [];
  expect(scripts.length).toBeGreaterThan(0);
  for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
});

test('only the host of APP_URL is served; other names of this machine lead there', async () => {
  expect((await ask('/login', { headers: { host: 'evil.example' } })).status).toBe(421);
  const { status, headers } = await ask('/login?a=1', { headers: { host: `127.0.0.1:${base.port}` } });
  expect(status).toBe(308);
  expect(headers.location).toBe(`${base.origin}/login?a=1`);
});

test('health is answered under any host', async () => {
  const headers = { host: '10.1.2.3' };
  expect((await ask('/api/health/live', { headers })).status).toBe(200);
  expect((await ask('/api/health/ready', { headers })).status).toBe(200);
});

test('a body over 1 MB is answered 413, declared or streamed', async () => {
  const body = Buffer.alloc(1024 * 1024 + 1);
  expect((await ask('/login', { method: 'POST', body })).status).toBe(413);
  const headers = { 'transfer-encoding': 'chunked' };
  expect((await ask('/login', { method: 'POST', headers, body })).status).toBe(413);
});

test('the desk answers this machine and refuses whatever was forwarded', async () => {
  expect((await ask('/dev/outbox.json')).status).toBe(200);
  for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip']) {
    expect((await ask('/dev/outbox.json', { headers: { [name]: '127.0.0.1' } })).status).toBe(403);
  }
});

test('paths that climb or lead elsewhere are refused', async () => {
  for (const path of [
    '/../etc/passwd',
    '//evil.example',
    '/%2e%2e/',
    '/a%5cb',
    'http://evil.example/login',
  ]) {
    expect((await ask(path)).status).toBe(400);
  }
});

test('an action of the desk refuses what was forwarded on every page it is called on', async () => {
  const save = serverActions().find(({ name }) => name === 'saveZoneRecord');
  if (save === undefined) throw new Error('the desk has no zone');
  const parts = [
    ['name', 'forwarded.example'],
    ['answer', 'values'],
    ['values', 'x'],
  ] as const;
  const call = (page: string, headers: Readonly<Record<string, string>>) =>
    callAction({ ...save, page }, { cookie: '', slug: '', parts, headers });
  for (const page of ['/login', '/dev/dns', '/nowhere'])
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip'])
      expect((await call(page, { [name]: '127.0.0.1' })).body, page).not.toContain('Saved');
  expect((await ask('/dev/dns.json')).body).not.toContain('forwarded.example');
  expect((await call('/login', {})).body).toContain('Saved');
  expect((await ask('/dev/dns.json')).body).toContain('forwarded.example');
  await ask('/dev/dns.json?name=forwarded.example', { method: 'DELETE' });
});

test('no other site’s page sends a form of ours', async () => {
  for (const origin of ['https://evil.example', 'null', `https://localhost:${base.port}`, 'nonsense']) {
    const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' };
    expect((await ask('/login', { method: 'POST', headers })).status, origin).toBe(403);
  }
});

test('signing out by the door of next-auth ends the session, too', async ({ page }) => {
  await signIn(page, await newPerson());
  const cookie = await page.context().cookies();
  const session = cookie.find(({ name }) => name === 'gh.session');
  await page.evaluate(async () => {
    const { csrfToken } = await (await fetch('/api/auth/csrf')).json();
    await fetch('/api/auth/signout', { method: 'POST', body: new URLSearchParams({ csrfToken }) });
  });
  const { headers } = await ask('/account', { headers: { cookie: `gh.session=${session?.value}` } });
  expect(headers.location).toContain('/login');
});

test('well-known addresses lead where they should, and others are not there', async () => {
  const change = await ask('/.well-known/change-password');
  expect(change.status).toBe(307);
  expect(change.headers.location).toMatch(/\/account\/password$/);
  const passkeys = await ask('/.well-known/passkey-endpoints');
  const place = `${base.origin}/account/passkeys`;
  expect(JSON.parse(passkeys.body)).toEqual({ enroll: place, manage: place });
  expect(passkeys.headers['content-type']).toContain('application/json');
  const { headers, body } = await ask('/.well-known/security.txt');
  expect(headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(body).toMatch(/^Contact: mailto:\S+@\S+$/m);
  const expires = Date.parse(/^Expires: (.+)$/m.exec(body)?.[1] ?? '');
  expect(expires).toBeGreaterThan(Date.now());
  expect(expires).toBeLessThan(Date.now() + 365 * 24 * 3600 * 1000);
  const nothing = 'resource-that-should-not-exist-whose-status-code-should-not-be-200';
  for (const name of [nothing, 'openid-configuration', ''])
    expect((await ask(`/.well-known/${name}`)).status, name).not.toBe(200);
  expect((await ask(`/.well-known/${nothing}`)).status).toBe(404);
});

test('without a proxy the address is the socket’s, whatever the client claims', async () => {
  const signInAction = serverActions().find(({ name }) => name === 'signIn');
  if (signInAction === undefined) throw new Error('nobody can sign in');
  const { id, email } = await newPerson();
  await callAction(signInAction, {
    cookie: '',
    slug: '',
    headers: {
      'x-forwarded-for': '198.51.100.1',
      'x-real-ip': '198.51.100.2',
      'x-gatehouse-peer': '198.51.100.3',
    },
    parts: [
      ['email', email],
      ['password', 'not the password'],
    ],
  });
  const [row] = await database`
    select p.data ->> 'address' as address from audit_events e
    join audit_personal_data p on p.event_id = e.id where e.account_id = ${id}`;
  expect(row?.address).toBe('127.0.0.1');
});
