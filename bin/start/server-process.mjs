import { spawn } from 'node:child_process';
import os from 'node:os';

/** @typedef {{ ended: Promise<number>, ready: Promise<void>, stop: (signal: NodeJS.Signals) => void }} ServerProcess */

/**
 * Starts the web server as a child. It drains when the channel between us closes, however that comes about.
 * @param {NodeJS.ProcessEnv} settings
 * @param {boolean} isDevelopment
 * @returns {ServerProcess}
 */
export function runServer(settings, isDevelopment) {
  const child = spawn(process.execPath, ['bin/server.mjs'], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...settings,
      NODE_ENV: isDevelopment ? 'development' : 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? String(os.availableParallelism()),
    },
  });
  const ended = new Promise((resolve) => {
    child.once('close', (code) => resolve(code ?? 1)).once('error', () => resolve(1));
  });
  /** @type {Promise<void>} */
  const ready = new Promise((resolve) => child.once('message', () => resolve()));
  return { ended, ready, stop: (signal) => child.kill(signal) };
}
