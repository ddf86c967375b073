import { spawn } from 'node:child_process';

/** Runs a TypeScript entry as the server would: with server-only modules allowed. */
export const TYPESCRIPT = ['--conditions=react-server', '--import', 'tsx'];

/**
 * Runs an entry that sends one message and ends.
 * @param {string} file
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<unknown>} the message
 */
export function askEntry(file, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...TYPESCRIPT, file], {
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    /** @type {unknown} */
    let answer;
    child.on('message', (message) => {
      answer = message;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (answer === undefined)
        reject(new Error(`${file} ended with code ${code}; its message stands above.`));
      else resolve(answer);
    });
  });
}
