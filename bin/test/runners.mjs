import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** @typedef {import('../check/check.mjs').Count} Count */

/**
 * Runs a test runner with its own output on screen and reads the report it wrote. Without a report, or with one
 * that counts nothing, the run has failed.
 * @param {{ command: string[], report: string, env?: NodeJS.ProcessEnv, count: (report: any) => Count }} run
 * @returns {Promise<Count>}
 */
async function runAndCount({ command, report, env, count }) {
  fs.rmSync(report, { force: true });
  const child = spawn(process.execPath, command, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  const abandon = () => child.kill('SIGTERM');
  process.once('exit', abandon);
  const code = await new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  process.off('exit', abandon);
  if (!fs.existsSync(report)) return { passed: 0, failed: 1 };
  const counted = count(JSON.parse(fs.readFileSync(report, 'utf8')));
  const isSilentFailure = counted.failed === 0 && (code !== 0 || counted.passed === 0);
  return isSilentFailure ? { ...counted, failed: 1 } : counted;
}

/**
 * Tests that were skipped count as failed: nothing in this house is skipped on purpose.
 * @param {{ numPassedTests: number, numTotalTests: number, testResults: { status: string, assertionResults: unknown[] }[] }} report
 */
function countVitest({ numPassedTests, numTotalTests, testResults }) {
  const unread = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return { passed: numPassedTests, failed: numTotalTests - numPassedTests + unread.length };
}

/** @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors: unknown[] }} report */
function countPlaywright({ stats, errors }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped + errors.length };
}

/**
 * @param {string} scratch
 * @returns {Promise<Count>}
 */
export function runVitest(scratch) {
  const report = path.join(scratch, 'vitest.json');
  const command = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json'];
  return runAndCount({ command: [...command, `--outputFile.json=${report}`], report, count: countVitest });
}

/**
 * @param {string} scratch
 * @param {readonly string[]} files
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Count>}
 */
export function runPlaywright(scratch, files, env) {
  const report = path.join(scratch, 'playwright.json');
  return runAndCount({
    command: ['node_modules/@playwright/test/cli.js', 'test', '--reporter=line,json', ...files],
    report,
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    count: countPlaywright,
  });
}
