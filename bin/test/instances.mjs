import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../postgres/process.mjs';

/** @typedef {{ url: string, stop: () => Promise<number> }} Instance  `stop` tells the exit code */

/**
 * @param {string} url
 * @param {() => boolean} hasEnded
 */
async function untilLive(url, hasEnded) {
  for (let waited = 0; waited < 600; waited++) {
    if (hasEnded()) return false;
    const isLive = await fetch(`${url}/api/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isLive) return true;
    await sleep(100);
  }
  return false;
}

/**
 * Starts the app as `npm start` does, on a free port over the given data folder.
 * @param {string} dataDir
 * @param {Readonly<Record<string, string>>} settings  besides those of this process
 * @returns {Promise<Instance>}
 */
export async function startInstance(dataDir, settings = {}) {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, ['bin/start.mjs'], {
    env: {
      ...process.env,
      GATEHOUSE_DATA_DIR: dataDir,
      PORT: String(port),
      APP_URL: url,
      LOG_LEVEL: 'error',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-20_000);
    });
  }
  let hasEnded = false;
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => {
    child.once('close', (code) => {
      hasEnded = true;
      resolve(code ?? 1);
    });
  });
  const abandon = () => child.kill('SIGTERM');
  process.once('exit', abandon);
  const stop = async () => {
    child.kill('SIGTERM');
    const code = await ended;
    process.off('exit', abandon);
    return code;
  };
  if (await untilLive(url, () => hasEnded)) return { url, stop };
  await stop();
  throw new Error(`The app did not start:\n${output}`);
}
