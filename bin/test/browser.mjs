import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** @param {string | undefined} file */
function runs(file) {
  return Boolean(
    file && fs.existsSync(file) && spawnSync(file, ['--version'], { timeout: 20_000 }).status === 0,
  );
}

/** @returns {string | undefined} */
function installed() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...onPath, ...APPLICATIONS].find(runs);
}

/**
 * @param {string} command
 * @param {string[]} options
 */
function attempt(command, options) {
  process.stdout.write(`Looking for a browser: ${command} ${options.join(' ')} …\n`);
  spawnSync(command, options, {
    stdio: 'ignore',
    timeout: 300_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/**
 * A browser to test with: the one named, one that is there, Playwright's own, or the system's package.
 * @returns {string} its path
 */
export function findBrowser() {
  const named = process.env.GATEHOUSE_BROWSER;
  if (named && !runs(named)) throw new Error(`GATEHOUSE_BROWSER names ${named}, which does not run.`);
  const here = () => [named, installed(), chromium.executablePath()].find(runs);
  const ready = here();
  if (ready) return ready;
  attempt(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium']);
  const downloaded = here();
  if (downloaded) return downloaded;
  if (process.getuid?.() === 0) {
    attempt('apt-get', ['update']);
    attempt('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
  }
  const packaged = here();
  if (packaged) return packaged;
  throw new Error('No browser for the tests: install Chromium or Chrome, or name one in GATEHOUSE_BROWSER.');
}
