import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BODY_LIMIT_BYTES } from './body.mjs';
import { frontDoor } from './front.mjs';

let server: Server;
let port = 0;
const reached: string[] = [];

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
  const door = frontDoor({
    appUrl: new URL(`http://localhost:${port}`),
    hops: 0,
    isDevelopment: false,
    hop: 'known to us alone',
    serve: async (incoming, response) => {
      reached.push(incoming.url ?? '');
      const body = await text(incoming);
      if (incoming.url === '/static-page') response.setHeader('cache-control', 's-maxage=31536000');
      response.end(JSON.stringify({ headers: incoming.headers, length: body.length }));
    },
  });
  server.on('request', (incoming, response) => void door(incoming, response));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

type Ask = { method?: string; headers?: Record<string, string>; chunks?: readonly Buffer[] };

async function ask(path: string, { method = 'GET', headers = {}, chunks = [] }: Ask = {}) {
  const outgoing = request({
    host: '127.0.0.1',
    port,
    path,
    method,
    headers: { host: `localhost:${port}`, ...headers },
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.on('response', resolve).on('error', reject);
  });
  for (const chunk of chunks) outgoing.write(chunk);
  outgoing.end();
  const response = await answered;
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

const chunked = (bytes: number) => Array.from({ length: bytes / 1024 }, () => Buffer.alloc(1024, 'a'));

test('a body of known length over the limit is answered 413 and reaches nobody', async () => {
  const body = Buffer.alloc(BODY_LIMIT_BYTES + 1);
  const headers = { 'content-length': String(body.length) };
  const { status } = await ask('/known', { method: 'POST', headers, chunks: [body] });
  expect(status).toBe(413);
  expect(reached).not.toContain('/known');
});

test('a streamed body over the limit is answered 413 and reaches nobody', async () => {
  const { status } = await ask('/streamed', { method: 'POST', chunks: chunked(BODY_LIMIT_BYTES + 1024) });
  expect(status).toBe(413);
  expect(reached).not.toContain('/streamed');
});

test('a streamed body within the limit arrives whole', async () => {
  const { status, body } = await ask('/whole', { method: 'POST', chunks: chunked(BODY_LIMIT_BYTES) });
  expect(status).toBe(200);
  expect(JSON.parse(body).length).toBe(BODY_LIMIT_BYTES);
});

test('the socket tells the address, not the client', async () => {
  const { body } = await ask('/', {
    headers: { 'x-forwarded-for': '1.1.1.1', 'x-gatehouse-peer': '1.1.1.1' },
  });
  expect(JSON.parse(body).headers['x-gatehouse-peer']).toBe('127.0.0.1');
});

test('another host is refused, health is answered under any', async () => {
  const headers = { host: 'evil.example' };
  expect((await ask('/other', { headers })).status).toBe(421);
  expect(reached).not.toContain('/other');
  expect((await ask('/api/health/live', { headers })).status).toBe(200);
});

test('the desk refuses a forwarded request, however its path is spelled', async () => {
  const headers = { 'x-forwarded-for': '1.1.1.1' };
  expect((await ask('/dev/outbox.json', { headers })).status).toBe(403);
  expect((await ask('/%64ev/outbox.json', { headers })).status).toBe(403);
  expect((await ask('/dev/outbox.json')).status).toBe(200);
});

test('every answer is guarded, each with a nonce of its own, and no cache keeps it', async () => {
  const [first, second] = [
    await ask('/static-page'),
    await ask('/missing', { headers: { host: 'evil.example' } }),
  ];
  for (const { headers } of [first, second]) {
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toMatch(/script-src 'nonce-[^']{24}' 'strict-dynamic'/);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  }
  expect(first.headers['content-security-policy']).not.toBe(second.headers['content-security-policy']);
  expect(JSON.parse(first.body).headers['content-security-policy']).toBe(
    first.headers['content-security-policy'],
  );
});

test('a page asked for by the framework itself belongs to whoever sent the action; nobody else can claim that', async () => {
  const peerOf = async (hop: string) => {
    const headers = { 'x-gatehouse-peer': '203.0.113.7', 'x-gatehouse-hop': hop };
    return JSON.parse((await ask('/account', { headers })).body).headers['x-gatehouse-peer'];
  };
  expect(await peerOf('known to us alone')).toBe('203.0.113.7');
  expect(await peerOf('guessed')).toBe('127.0.0.1');
  const byLoopback = async (hop: string) =>
    (await ask('/account', { headers: { host: `127.0.0.1:${port}`, 'x-gatehouse-hop': hop } })).status;
  expect(await byLoopback('known to us alone')).toBe(200);
  expect(await byLoopback('guessed')).toBe(308);
});

const callOf = (body: string, type = 'text/plain;charset=UTF-8') =>
  ask('/called', {
    method: 'POST',
    headers: { 'next-action': 'a1', 'content-type': type, 'content-length': String(Buffer.byteLength(body)) },
    chunks: [Buffer.from(body)],
  });
const part = (name: string, value: string) =>
  `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

const strange = (value: unknown) => JSON.stringify([value, '$K1']);
const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
const references = [
  '$F1',
  '$1',
  '$Q1',
  '$A1',
  '$n1x',
  '$S1',
  '$B1',
  '$o1',
  '$@1',
  '$1:a:b',
  '$0:7',
  '$0:0:toString',
];

test.for([
  ...[
    '"x"',
    '7',
    'true',
    'null',
    '{}',
    '',
    '[',
    '[]',
    '["$K1"]]',
    '["$K"]',
    '["$K1",7]',
    '["$K1","$K2","$K3"]',
  ],
  ...references.map(strange),
  strange({ fields: { name: ['$F1'] } }),
  `[${deep},"$K1"]`,
])('a call with the arguments %.40s is answered 400 and reaches nobody', async (body) => {
  expect((await callOf(body)).status).toBe(400);
  expect((await callOf(`${part('0', body)}--b--\r\n`, 'multipart/form-data; boundary=b')).status).toBe(400);
  expect(reached).not.toContain('/called');
});

test('a form that cannot be taken apart is answered 400 and reaches nobody', async () => {
  for (const type of ['multipart/form-data', 'multipart/form-data; boundary=c'])
    expect((await callOf(part('0', '[]'), type)).status).toBe(400);
  expect((await callOf(`${part('1', '[]')}--b--\r\n`, 'multipart/form-data; boundary=b')).status).toBe(400);
  expect(reached).not.toContain('/called');
});

test.for([
  [['$K1']],
  [[{ status: 'idle' }, '$K1']],
  [[{ status: 'error', fields: {}, values: { name: '$$5' }, first: '$undefined' }, '$Ka']],
  [[{ fields: { name: ['x'] }, values: '$0:0:fields' }, '$K1']],
])('a call with the arguments %j arrives', async ([sent]) => {
  const form = `${part('0', JSON.stringify(sent))}--b--\r\n`;
  expect((await callOf(form, 'multipart/form-data; boundary=b')).status).toBe(200);
  reached.pop();
});

test('a call arrives with its body as it was sent', async () => {
  const form = `${part('_1_name', 'x')}${part('0', '[{"status":"idle"},"$K1"]')}--b--\r\n`;
  const { status, body } = await callOf(form, 'multipart/form-data; boundary=b');
  expect(status).toBe(200);
  expect(JSON.parse(body)).toMatchObject({
    length: form.length,
    headers: { 'next-action': 'a1', 'content-type': 'multipart/form-data; boundary=b' },
  });
});

test('what another site’s page sends is answered 403 and reaches nobody', async () => {
  const elsewhere = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
  ];
  for (const headers of elsewhere)
    expect((await ask('/forged', { method: 'POST', headers })).status).toBe(403);
  expect(reached).not.toContain('/forged');
  expect(
    (await ask('/forged', { method: 'POST', headers: { origin: `http://localhost:${port}` } })).status,
  ).toBe(200);
});

test('that a request was forwarded is known on every page, and nobody can deny or claim it', async () => {
  const markOf = async (headers: Record<string, string>) =>
    JSON.parse((await ask('/login', { headers })).body).headers['x-gatehouse-forwarded'];
  expect(await markOf({ 'x-forwarded-for': '1.1.1.1' })).toBe('1');
  expect(await markOf({})).toBeUndefined();
  expect(await markOf({ 'x-gatehouse-forwarded': '1' })).toBeUndefined();
  const own = { 'x-gatehouse-hop': 'known to us alone', 'x-forwarded-for': '127.0.0.1' };
  expect(await markOf(own)).toBeUndefined();
  expect(await markOf({ ...own, 'x-gatehouse-forwarded': '1' })).toBe('1');
});
