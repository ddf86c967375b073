import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { freePort } from '../postgres/process.mjs';
import { drain, listen } from './listen.mjs';

type Servers = Awaited<ReturnType<typeof listen>>;
let servers: Servers = [];
afterEach(() => {
  for (const server of servers) server.closeAllConnections();
  for (const server of servers) server.close();
});

const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
const hasIpv6 = addresses.some(({ address }) => address === '::1');
const outer = addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

/** The status, or the error's code where nobody answers. */
const ask = (host: string, port: number): Promise<number | string> =>
  new Promise((resolve) => {
    request({ host, port })
      .on('response', (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
      .on('error', (error) => resolve('code' in error ? String(error.code) : error.message))
      .end();
  });

/** Resolves once a request has arrived. */
let arrived: Promise<void> = Promise.resolve();

const start = async (isLoopbackOnly: boolean, takesMs = 0) => {
  const port = await freePort();
  let arrive = () => {};
  arrived = new Promise((resolve) => {
    arrive = resolve;
  });
  servers = await listen({
    port,
    isLoopbackOnly,
    onRequest: async (_request, response) => {
      arrive();
      await pause(takesMs);
      response.end('done');
    },
  });
  return port;
};

test.for([true, false])(
  'listens on both families of addresses, loopback only: %s',
  async (isLoopbackOnly) => {
    const port = await start(isLoopbackOnly);
    expect(await ask('127.0.0.1', port)).toBe(200);
    if (hasIpv6) expect(await ask('::1', port)).toBe(200);
    if (outer !== undefined) expect(await ask(outer, port)).toBe(isLoopbackOnly ? 'ECONNREFUSED' : 200);
  },
);

test('draining lets what was begun finish, takes nothing new, and does not wait for idle connections', async () => {
  const port = await start(true, 300);
  const begun = ask('127.0.0.1', port);
  await arrived;
  const since = performance.now();
  const drained = drain(servers, 10_000);
  expect(await ask('127.0.0.1', port)).toBe('ECONNREFUSED');
  expect(await begun).toBe(200);
  await drained;
  expect(performance.now() - since).toBeLessThan(5000);
});

test('draining does not wait longer than it is told to', async () => {
  const port = await start(true, 60_000);
  const begun = ask('127.0.0.1', port);
  await arrived;
  const since = performance.now();
  await drain(servers, 300);
  expect(performance.now() - since).toBeLessThan(3000);
  expect(await begun).toBe('ECONNRESET');
});
