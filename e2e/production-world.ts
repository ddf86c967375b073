import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import os from 'node:os';
import { text } from 'node:stream/consumers';
import { expect } from '@playwright/test';
import postgres from 'postgres';
import { startInstance } from '../bin/test/instances.mjs';
import { type Answer, callAction, serverActions } from './actions';
import { database, unique } from './rows';

export type Letter = { readonly key: string; readonly to: string; readonly text: string };
type Headers = Readonly<Record<string, string>>;
type Fields = Readonly<Record<string, string>>;

/** A mail provider that keeps what it is sent, and hangs for as long as it is told to. */
async function startProvider() {
  const provider = { hangs: false, letters: [] as Letter[] };
  const server = createServer(async (incoming, response) => {
    const { to, text: plain } = JSON.parse(await text(incoming));
    provider.letters.push({ key: String(incoming.headers['idempotency-key']), to, text: plain });
    if (provider.hangs) return;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ id: randomUUID() }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return Object.assign(provider, { url, stop });
}

/** The clock of the process goes a day ahead of everybody else's. */
const fastClock = `
  const ahead = 24 * 3600 * 1000;
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given) { super(...(given.length === 0 ? [Real.now() + ahead] : given)); }
    static now() { return Real.now() + ahead; }
    static parse = Real.parse;
    static UTC = Real.UTC;
  };`;

/**
 * An instance as it stands in production: behind a proxy, mailing through a provider, on a database of its own, without the desk.
 * Its clock is wrong by a day.
 */
export async function startProduction() {
  const name = `production_${unique()}`;
  await database.unsafe(`create database ${name}`);
  const url = new URL(process.env.GATEHOUSE_E2E_DATABASE_URL ?? '');
  url.pathname = `/${name}`;
  const provider = await startProvider();
  const instance = await startInstance(os.tmpdir(), {
    DATABASE_URL: url.href,
    GATEHOUSE_SECRET: randomUUID() + randomUUID(),
    DEV_DESK: 'off',
    TRUSTED_PROXY_HOPS: '1',
    MAIL_FROM: 'Gatehouse <security@gatehouse.example>',
    RESEND_API_KEY: 'a-key',
    RESEND_BASE_URL: provider.url,
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(fastClock)}`,
  });
  const rows = postgres(url.href, { max: 1, onnotice: () => undefined });
  const at = new URL(instance.url);
  const call = (name: string, fields: Fields, headers: Headers = {}): Promise<Answer> => {
    const action = serverActions().find((candidate) => candidate.name === name);
    if (action === undefined) throw new Error(`no action ${name}`);
    return callAction(action, { at, cookie: '', slug: '', headers, parts: Object.entries(fields) });
  };
  const letterTo = async (to: string): Promise<Letter> => {
    const found = () => provider.letters.find((letter) => letter.to === to);
    await expect.poll(found).toBeDefined();
    const letter = found();
    if (letter === undefined) throw new Error('it was there a moment ago');
    return letter;
  };
  const stop = async () => {
    await instance.stop();
    provider.stop();
    await rows.end();
    await database.unsafe(`drop database ${name} with (force)`);
  };
  return { name, at, instance, provider, rows, call, letterTo, stop };
}

export type Production = Awaited<ReturnType<typeof startProduction>>;
