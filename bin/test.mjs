// All tests, or with --e2e [files] those in the browser only. The last line sums up every runner.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { check } from './check/check.mjs';
import { installMissing } from './start/install.mjs';
import { runVitest } from './test/runners.mjs';

/** @typedef {import('./check/check.mjs').Count} Count */

const [mode, ...files] = process.argv.slice(2);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'gatehouse-e2e-'));
fs.chmodSync(scratch, 0o711);
const total = { passed: 0, failed: 0 };

/**
 * A stage that cannot even run counts as one failure; the others still run.
 * @param {string} name
 * @param {() => Promise<Count>} stage
 */
async function run(name, stage) {
  process.stdout.write(`\n── ${name}\n`);
  try {
    const { passed, failed } = await stage();
    total.passed += passed;
    total.failed += failed;
  } catch (error) {
    total.failed += 1;
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  }
}

// The browser tests load packages, so they are imported once those are there.
const journeys = async () => (await import('./test/journeys.mjs')).runJourneys(scratch, files);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 3 }));

installMissing();
if (mode !== '--e2e') {
  await run('check', check);
  await run('unit and database tests', () => runVitest(scratch));
}
await run('browser tests', journeys);

process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
