import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { postgresBinaries } from './postgres/binaries.mjs';
import { canEnter, credentials, postgresEnvironment, postgresIdentity } from './postgres/identity.mjs';
import { isAlive, isSameProcess, markOfThisProcess, withLock } from './postgres/lock.mjs';
import { endOrphan, freePort, readPostmaster, runPostgres } from './postgres/process.mjs';

/** @typedef {import('./postgres/identity.mjs').Identity} Identity */
/** @typedef {import('./postgres/lock.mjs').ProcessMark} ProcessMark */
/**
 * @typedef {object} Postgres
 * @property {string} url      of the database "postgres"; other databases stand beside it
 * @property {boolean} reused  somebody else started this server and will stop it
 * @property {Promise<void>} exited
 * @property {() => Promise<void>} stop
 */
/** @typedef {{ port: number, password: string, owner: ProcessMark | null }} Connection */

/** @param {Connection} connection */
function urlOf({ port, password }) {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

/**
 * @param {string} file
 * @returns {Connection | null}
 */
function readConnection(file) {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : null;
}

/**
 * @param {string} file
 * @param {Connection} connection
 */
function writeConnection(file, connection) {
  fs.writeFileSync(`${file}.new`, JSON.stringify(connection), { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
}

/**
 * The folder for Postgres's files: inside `dir`, or elsewhere when its user cannot get there (as below /root);
 * then a note in `dir` says where.
 * @param {string} dir
 * @returns {string}
 */
function chooseHome(dir) {
  const note = path.join(dir, 'elsewhere');
  if (fs.existsSync(note)) {
    const noted = fs.readFileSync(note, 'utf8').trim();
    if (fs.existsSync(noted)) return noted;
  }
  if (canEnter(postgresIdentity(path.join(dir, 'data')), dir)) return dir;
  const elsewhere = fs.mkdtempSync('/var/tmp/gatehouse-data-');
  fs.chmodSync(elsewhere, 0o711);
  fs.writeFileSync(note, elsewhere, { mode: 0o600 });
  return elsewhere;
}

/**
 * Creates the database cluster under another name and moves it into place whole: one that was cut short is
 * never taken for a finished one.
 * @param {{ home: string, bin: string, password: string, durable: boolean, identity: Identity | null }} plan
 */
function initialize({ home, bin, password, durable, identity }) {
  const draft = path.join(home, 'data.draft');
  const passwordFile = path.join(home, 'password');
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { mode: 0o700 });
  fs.writeFileSync(passwordFile, password, { mode: 0o600 });
  if (identity) for (const made of [draft, passwordFile]) fs.chownSync(made, identity.uid, identity.gid);
  const options = ['-U', 'postgres', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'];
  if (!durable) options.push('--no-sync');
  const result = spawnSync(path.join(bin, 'initdb'), ['-D', draft, `--pwfile=${passwordFile}`, ...options], {
    ...credentials(identity),
    cwd: draft,
    encoding: 'utf8',
    env: postgresEnvironment(),
  });
  fs.rmSync(passwordFile);
  if (result.status !== 0) throw new Error(`initdb failed: ${result.error?.message ?? result.stderr}`);
  fs.renameSync(draft, path.join(home, 'data'));
}

/**
 * @param {string} connectionFile
 * @param {string} dataDir
 * @returns {Postgres | null} the server another living launcher runs here
 */
function findRunning(connectionFile, dataDir) {
  const connection = readConnection(connectionFile);
  const postmaster = readPostmaster(dataDir);
  if (!connection?.owner || !postmaster?.ready || postmaster.port !== connection.port) return null;
  // A server that was killed leaves its file behind, and its launcher may be the one that asks.
  if (!isSameProcess(connection.owner) || !isAlive(postmaster.pid)) return null;
  const exited = whenGone(() => isAlive(postmaster.pid));
  return { url: urlOf(connection), reused: true, exited, stop: async () => undefined };
}

/**
 * Does not keep this process awake.
 * @param {() => boolean} isThere
 * @returns {Promise<void>}
 */
function whenGone(isThere) {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (isThere()) return;
      clearInterval(timer);
      resolve();
    }, 250);
    timer.unref();
  });
}

/**
 * The port of last time when it is still free, so that clients find a restarted server where it was.
 * @param {number | undefined} wanted
 */
async function choosePort(wanted) {
  return wanted && (await freePort(wanted).catch(() => 0)) ? wanted : freePort();
}

/**
 * @param {{ connectionFile: string, home: string, durable: boolean }} place
 * @returns {Promise<Postgres>}
 */
async function startHere({ connectionFile, home, durable }) {
  const dataDir = path.join(home, 'data');
  const running = findRunning(connectionFile, dataDir);
  if (running) return running;
  await endOrphan(dataDir);
  const identity = postgresIdentity(dataDir);
  const bin = postgresBinaries(identity);
  const known = readConnection(connectionFile);
  if (!known && fs.existsSync(dataDir))
    throw new Error(`${connectionFile} is lost, so ${dataDir} is locked: remove it.`);
  const password = known?.password ?? randomBytes(24).toString('base64url');
  const port = await choosePort(known?.port);
  writeConnection(connectionFile, { port, password, owner: null });
  if (!fs.existsSync(dataDir)) initialize({ home, bin, password, durable, identity });
  const options = { bin, dataDir, logFile: path.join(home, 'postgres.log'), port, durable, identity };
  const server = await untilReleased(() => runPostgres(options));
  const connection = { port, password, owner: markOfThisProcess() };
  writeConnection(connectionFile, connection);
  return { url: urlOf(connection), reused: false, ...server };
}

/**
 * After a hard kill, children of the old server may hold its memory for a moment longer.
 * @template T
 * @param {() => Promise<T>} start
 * @returns {Promise<T>}
 */
async function untilReleased(start) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start();
    } catch (error) {
      const held = error instanceof Error && /still in use|already exists/.test(error.message);
      if (!held || attempt === 40) throw error;
      await sleep(250);
    }
  }
}

/**
 * Starts the embedded Postgres of a folder, or finds the one that already runs there. It stops with `stop()`, and
 * by itself when this process ends for any reason.
 * @param {{ dir: string, durable?: boolean }} options
 * @returns {Promise<Postgres>}
 */
export async function startPostgres({ dir, durable = true }) {
  const base = path.resolve(dir);
  fs.mkdirSync(base, { recursive: true });
  fs.chmodSync(base, 0o711);
  return withLock(path.join(base, 'lock'), () =>
    startHere({ connectionFile: path.join(base, 'connection.json'), home: chooseHome(base), durable }),
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const postgres = await startPostgres({ dir: process.argv[2] ?? '.data/postgres' });
  process.stdout.write(`${postgres.url}\n`);
  const end = () => postgres.stop().then(() => process.exit(0));
  process.on('SIGINT', end).on('SIGTERM', end);
  setInterval(() => undefined, 60_000);
  await postgres.exited;
  process.exit(1);
}
