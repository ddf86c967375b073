import { spawn } from 'node:child_process';

/**
 * Runs a tool of node_modules to its end.
 * @param {string} script path of its JavaScript entry
 * @param {readonly string[]} options
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runTool(script, options, env = process.env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...options], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const abandon = () => child.kill('SIGKILL');
    process.once('exit', abandon);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.on('close', (code) => {
      process.off('exit', abandon);
      resolve({ code: code ?? 1, output });
    });
  });
}
