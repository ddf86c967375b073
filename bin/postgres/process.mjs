import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { credentials, postgresEnvironment } from './identity.mjs';
import { isAlive } from './lock.mjs';

/** @typedef {import('./identity.mjs').Identity} Identity */
/**
 * @typedef {object} ProcessOptions
 * @property {string} bin
 * @property {string} dataDir
 * @property {string} logFile
 * @property {number} port
 * @property {boolean} durable
 * @property {Identity | null} identity
 */
/** @typedef {{ exited: Promise<void>, stop: () => Promise<void> }} PostgresProcess */

/**
 * The shell lives outside our process group and holds the reading end of a pipe. When this process ends, for
 * whatever reason, the pipe closes and the shell shuts Postgres down: fast first, at once after ten seconds.
 */
const WATCHDOG = `
"$@" </dev/null 3<&- & server=$!
( while read -r _ <&3; do :; done
  kill -INT $server; tries=0
  while kill -0 $server && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries+1)); done
  kill -QUIT $server ) 2>/dev/null & guard=$!
wait $server; result=$?
kill $guard 2>/dev/null
exit $result`;

/**
 * @param {number} [wanted] any port when left out
 * @returns {Promise<number>}
 */
export function freePort(wanted = 0) {
  return new Promise((resolve, reject) => {
    const server = net.createServer().on('error', reject);
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/**
 * @param {ProcessOptions} options
 * @returns {string[]}
 */
function serverArguments({ dataDir, port, durable }) {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    logging_collector: 'off',
    timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', dataDir, '-p', String(port), ...flags];
}

/**
 * @param {string} dataDir
 * @returns {{ pid: number, run: string, port: number, ready: boolean } | null} what Postgres itself wrote about
 *   its server; `run` tells one start from another
 */
export function readPostmaster(dataDir) {
  try {
    const lines = fs.readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
    const run = `${lines[0]} ${lines[2]}`;
    return { pid: Number(lines[0]), run, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
  } catch {
    return null;
  }
}

/** @param {string} file */
function tail(file) {
  return fs.readFileSync(file, 'utf8').trim().split('\n').slice(-12).join('\n');
}

/**
 * Starts the server and waits until it takes connections.
 * @param {ProcessOptions} options
 * @returns {Promise<PostgresProcess>}
 */
export async function runPostgres(options) {
  const { bin, dataDir, logFile, identity } = options;
  // A server that was killed left its last words, which may well be "ready".
  const earlier = readPostmaster(dataDir);
  const log = fs.openSync(logFile, 'w', 0o600);
  const command = [path.join(bin, 'postgres'), ...serverArguments(options)];
  const watched = process.platform === 'win32' ? command : ['/bin/sh', '-c', WATCHDOG, 'sh', ...command];
  /** @type {import('node:child_process').ChildProcess} */
  const child = spawn(watched[0] ?? '', watched.slice(1), {
    ...credentials(identity),
    cwd: dataDir,
    detached: true,
    stdio: ['ignore', log, log, 'pipe'],
    env: postgresEnvironment(),
  });
  fs.closeSync(log);
  let running = true;
  /** @type {Promise<void>} */
  const exited = new Promise((resolve) => {
    const end = () => {
      running = false;
      resolve();
    };
    child.once('exit', end).once('error', end);
  });
  const leash = child.stdio[3];
  child.unref();
  if (leash instanceof net.Socket) leash.on('error', () => undefined).unref();
  const stop = async () => {
    if (leash instanceof net.Socket) leash.destroy();
    if (process.platform === 'win32') child.kill();
    const keepAwake = setInterval(() => undefined, 1000);
    await exited;
    clearInterval(keepAwake);
  };
  for (let found = earlier; !found?.ready || found.run === earlier?.run; found = readPostmaster(dataDir)) {
    if (!running) throw new Error(`Postgres did not start:\n${tail(logFile)}`);
    await sleep(15);
  }
  return { exited, stop };
}

/**
 * Ends a server whose launcher is gone: it is usually on its way down already.
 * @param {string} dataDir
 */
export async function endOrphan(dataDir) {
  const postmaster = readPostmaster(dataDir);
  if (!postmaster || !isAlive(postmaster.pid)) return;
  if (!isPostgres(postmaster.pid, dataDir)) {
    // The number belongs to another process by now; Postgres itself would refuse to start beside it.
    fs.rmSync(path.join(dataDir, 'postmaster.pid'), { force: true });
    return;
  }
  const signals = /** @type {const} */ (['SIGINT', 'SIGINT', 'SIGQUIT', 'SIGKILL']);
  for (const signal of signals) {
    process.kill(postmaster.pid, signal);
    for (let waited = 0; waited < 100; waited++) {
      if (!isAlive(postmaster.pid)) return;
      await sleep(50);
    }
  }
}

/**
 * @param {number} pid
 * @param {string} dataDir
 */
function isPostgres(pid, dataDir) {
  if (process.platform !== 'linux') return true;
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(dataDir);
  } catch {
    return false;
  }
}
