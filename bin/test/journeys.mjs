import path from 'node:path';
import { startPostgres } from '../postgres.mjs';
import { buildIfStale } from '../start/build.mjs';
import { findBrowser } from './browser.mjs';
import { startInstance } from './instances.mjs';
import { runPlaywright } from './runners.mjs';

/**
 * The browser tests, against two instances of the built app over one Postgres made for them.
 * @param {string} scratch
 * @param {readonly string[]} files all when empty
 * @returns {Promise<import('../check/check.mjs').Count>}
 */
export async function runJourneys(scratch, files) {
  const browser = findBrowser();
  await buildIfStale();
  const dataDir = path.join(scratch, 'data');
  const postgres = await startPostgres({ dir: path.join(dataDir, 'postgres'), durable: false });
  /** @type {import('./instances.mjs').Instance[]} */
  const instances = [];
  try {
    for (let count = 0; count < 2; count++) instances.push(await startInstance(dataDir));
    return await runPlaywright(scratch, files, {
      ...process.env,
      GATEHOUSE_BROWSER: browser,
      GATEHOUSE_E2E_URL: instances[0]?.url,
      GATEHOUSE_E2E_SECOND_URL: instances[1]?.url,
      GATEHOUSE_E2E_DATABASE_URL: postgres.url,
    });
  } finally {
    await Promise.all(instances.map(({ stop }) => stop()));
    await postgres.stop();
  }
}
