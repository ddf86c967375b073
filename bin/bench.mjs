// Speed of the hot paths over a Postgres made for the run. Only the ratios within one run mean something.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startPostgres } from './postgres.mjs';
import { TYPESCRIPT } from './start/entry.mjs';
import { installMissing } from './start/install.mjs';
import { prepare } from './start/preparation.mjs';

installMissing();
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'gatehouse-bench-'));
const postgres = await startPostgres({ dir });
/** @type {NodeJS.ProcessEnv} */
const settings = {
  ...process.env,
  NODE_ENV: 'production',
  DATABASE_URL: postgres.url,
  GATEHOUSE_SECRET: 'a secret for measuring only, 32 bytes or more',
  APP_URL: 'http://localhost:3000',
  DEV_DESK: 'on',
  LOG_LEVEL: 'silent',
  UV_THREADPOOL_SIZE: String(os.availableParallelism()),
};
try {
  await prepare(settings);
  const child = spawn(process.execPath, [...TYPESCRIPT, 'bin/bench/paths.ts'], {
    env: settings,
    stdio: 'inherit',
  });
  process.exitCode = await new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
} finally {
  await postgres.stop();
  fs.rmSync(dir, { recursive: true, force: true });
}
