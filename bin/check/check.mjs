import { lockFaults } from './lock-file.mjs';
import { runTool } from './run-tool.mjs';
import { sourceFaults } from './source-rules.mjs';

/** @typedef {{ passed: number, failed: number }} Count */

const BIOME = 'node_modules/@biomejs/biome/bin/biome';
const NEXT = 'node_modules/next/dist/bin/next';
const TYPESCRIPT = 'node_modules/typescript/bin/tsc';

async function types() {
  const generated = await runTool(NEXT, ['typegen'], { ...process.env, NEXT_TELEMETRY_DISABLED: '1' });
  return generated.code === 0 ? runTool(TYPESCRIPT, ['--noEmit', '-p', '.']) : generated;
}

/** @param {string[]} faults */
function listed(faults) {
  return Promise.resolve({ code: faults.length, output: faults.join('\n') });
}

/** @type {[string, () => Promise<{ code: number, output: string }>][]} */
const STEPS = [
  [
    'lint and walls',
    () => runTool(BIOME, ['check', '.', '--diagnostic-level=error', '--max-diagnostics=50']),
  ],
  ['rules of the house', () => listed(sourceFaults())],
  ['lock file', () => listed(lockFaults())],
  ['types', types],
];

/**
 * Everything that can be said of the sources without running them.
 * @returns {Promise<Count>}
 */
export async function check() {
  let failed = 0;
  for (const [name, step] of STEPS) {
    const { code, output } = await step();
    process.stdout.write(`${code === 0 ? '✓' : '✗'} ${name}\n`);
    if (code === 0) continue;
    failed += 1;
    process.stdout.write(`${output}\n`);
  }
  return { passed: STEPS.length - failed, failed };
}
