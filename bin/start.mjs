import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from './postgres.mjs';
import { watchNpm } from './start/ancestor.mjs';
import { buildIfStale } from './start/build.mjs';
import { askEntry } from './start/entry.mjs';
import { installMissing } from './start/install.mjs';
import { startReport } from './start/report.mjs';
import { keptSecret } from './start/secret.mjs';
import { runServer } from './start/server-process.mjs';

/** @typedef {import('./postgres.mjs').Postgres} Postgres */
/** @typedef {import('./prepare.ts').Preparation} Preparation */

const isDevelopment = process.argv.includes('--dev');
const dataDir = process.env.GATEHOUSE_DATA_DIR ?? '.data';
let isStopping = false;
/** @type {Postgres | null} */
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

/**
 * A Postgres that was killed is started again at its old address; the app reconnects by itself.
 * @param {Postgres} first
 */
async function keepPostgres(first) {
  postgres = first;
  while (!isStopping) {
    await postgres.exited;
    if (isStopping) return;
    process.stderr.write('Postgres ended unexpectedly; starting it again.\n');
    postgres = await startPostgres({ dir: `${dataDir}/postgres` });
    await sleep(200);
  }
}

/** @returns {Promise<NodeJS.ProcessEnv>} the settings, with those of the embedded database where it is used */
async function completeSettings() {
  if (process.env.DATABASE_URL) return { ...process.env, GATEHOUSE_EMBEDDED: 'off' };
  const started = await startPostgres({ dir: `${dataDir}/postgres` });
  keepPostgres(started).catch(fail);
  return {
    ...process.env,
    DATABASE_URL: started.url,
    GATEHOUSE_EMBEDDED: 'on',
    GATEHOUSE_SECRET: process.env.GATEHOUSE_SECRET || keptSecret(dataDir),
  };
}

async function start() {
  if (fs.existsSync('.env')) process.loadEnvFile('.env');
  installMissing();
  const settings = await completeSettings();
  const prepared = /** @type {Preparation} */ (await askEntry('bin/prepare.ts', settings));
  if (!prepared.ok) {
    const faults = prepared.faults.map(({ name, message }) => `  ${name}: ${message}`);
    throw new Error(['Gatehouse cannot start with these settings:', ...faults].join('\n'));
  }
  if (!isDevelopment) await buildIfStale();
  if (isStopping) return;
  const { port, appUrl, desk, trustedProxyHops } = prepared;
  server = runServer(
    {
      ...settings,
      PORT: String(port),
      APP_URL: appUrl,
      AUTH_URL: appUrl,
      DEV_DESK: desk ? 'on' : 'off',
      TRUSTED_PROXY_HOPS: String(trustedProxyHops),
    },
    isDevelopment,
  );
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
