import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './postgres/process.mjs';
import { startPostgres } from './postgres.mjs';
import { watchNpm } from './start/ancestor.mjs';
import { buildIfStale } from './start/build.mjs';
import { installMissing } from './start/install.mjs';
import { prepare } from './start/preparation.mjs';
import { startReport } from './start/report.mjs';
import { runServer } from './start/server-process.mjs';
import { completeSettings, postgresDir } from './start/settings.mjs';

const isDevelopment = process.argv.includes('--dev');
let isStopping = false;
/** @type {import('./postgres.mjs').Postgres | null} */
let postgres = null;
/** @type {import('./start/server-process.mjs').ServerProcess | null} */
let server = null;

/** @param {number} code */
async function leave(code) {
  isStopping = true;
  await postgres?.stop();
  process.exit(code);
}

/** @param {NodeJS.Signals} signal */
function stop(signal) {
  const isSecond = isStopping;
  isStopping = true;
  if (!server) void leave(1);
  else server.stop(isSecond ? 'SIGKILL' : signal);
}

/** A Postgres that was killed is started again at its old address; the app reconnects by itself. */
async function keepPostgres() {
  while (postgres) {
    await postgres.exited;
    if (isStopping) return;
    process.stderr.write('Postgres ended unexpectedly; starting it again.\n');
    postgres = await startPostgres({ dir: postgresDir });
    await sleep(200);
  }
}

/**
 * The server of a start that was killed lets go of its port a moment later.
 * @param {number} port
 */
async function untilFree(port) {
  for (let tries = 0; tries < 20; tries++) {
    if (await freePort(port).catch(() => 0)) return;
    await sleep(150);
  }
  throw new Error(`Port ${port} is in use: stop what listens there, or set PORT.`);
}

async function start() {
  installMissing();
  const completed = await completeSettings();
  postgres = completed.postgres;
  keepPostgres().catch(fail);
  const prepared = await prepare(completed.settings);
  await untilFree(prepared.port);
  if (!isDevelopment) await buildIfStale();
  if (isStopping) return;
  const { port, appUrl, desk, trustedProxyHops } = prepared;
  const settled = {
    PORT: String(port),
    APP_URL: appUrl,
    AUTH_URL: appUrl,
    DEV_DESK: desk ? 'on' : 'off',
    TRUSTED_PROXY_HOPS: String(trustedProxyHops),
  };
  server = runServer({ ...completed.settings, ...settled }, isDevelopment);
  server.ready.then(() => process.stdout.write(startReport(prepared)));
  const code = await server.ended;
  await leave(isStopping ? 0 : code);
}

/** @param {unknown} error */
async function fail(error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  await leave(1);
}

process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
watchNpm(() => stop('SIGTERM'));
start().catch(fail);
