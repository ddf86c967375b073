import { type IncomingMessage, request as open } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';

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
