import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isAlive } from './postgres/lock.mjs';
import { readPostmaster } from './postgres/process.mjs';
import { startPostgres } from './postgres.mjs';

let dir: string;
let launchers: ChildProcess[];

beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'gatehouse-launcher-'));
  launchers = [];
});
afterEach(async () => {
  for (const launcher of launchers) launcher.kill('SIGKILL');
  await gone(postmaster());
  fs.rmSync(dir, { recursive: true, force: true });
});

const postmaster = () => readPostmaster(path.join(dir, 'data'))?.pid ?? 0;
const gone = (pid: number) => vi.waitUntil(() => pid === 0 || !isAlive(pid), { timeout: 12_000 });

async function launch(): Promise<{ launcher: ChildProcess; url: string; reused: boolean }> {
  const launcher = spawn(process.execPath, ['bin/test/hold-postgres.mjs', dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  launchers.push(launcher);
  const [line] = await once(launcher.stdout, 'data');
  return { launcher, ...JSON.parse(String(line)) };
}

async function ask(url: string): Promise<unknown> {
  const client = postgres(url, { max: 1 });
  const [row] = await client`select count(*)::int as kept from pg_class where relname = 'kept'`;
  await client.end();
  return row?.kept;
}

test('a launcher killed hard takes its Postgres with it', { timeout: 30_000 }, async () => {
  const { launcher } = await launch();
  const server = postmaster();
  expect(isAlive(server)).toBe(true);
  launcher.kill('SIGKILL');
  await gone(server);
});

test('what was committed is there after launcher and Postgres were killed together', {
  timeout: 30_000,
}, async () => {
  const { launcher, url } = await launch();
  const client = postgres(url, { max: 1 });
  await client`create table kept ()`;
  await client.end();
  process.kill(postmaster(), 'SIGKILL');
  launcher.kill('SIGKILL');
  await once(launcher, 'exit');
  const next = await startPostgres({ dir, durable: false });
  expect(await ask(next.url)).toBe(1);
  await next.stop();
});

test('launchers that start together on a fresh folder share one Postgres', { timeout: 30_000 }, async () => {
  const started = await Promise.all([launch(), launch(), launch()]);
  expect(new Set(started.map(({ url }) => url)).size).toBe(1);
  expect(started.filter(({ reused }) => !reused)).toHaveLength(1);
});

test('only its owner can read where and how to connect', { timeout: 30_000 }, async () => {
  const server = await startPostgres({ dir, durable: false });
  expect(fs.statSync(path.join(dir, 'connection.json')).mode & 0o777).toBe(0o600);
  const stranger = postgres(server.url.replace(/:[^:@]*@/, ':guess@'), { max: 1 });
  await expect(stranger`select 1`).rejects.toThrow(/password authentication failed/);
  await stranger.end();
  await server.stop();
});
