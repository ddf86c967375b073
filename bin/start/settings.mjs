import fs from 'node:fs';
import { startPostgres } from '../postgres.mjs';
import { keptSecret } from './secret.mjs';

/** Where the embedded database and its secret are kept. */
export const dataDir = process.env.GATEHOUSE_DATA_DIR ?? '.data';
export const postgresDir = `${dataDir}/postgres`;

/**
 * The settings of the environment and of `.env`, completed by those of the embedded database where no other is named.
 * @returns {Promise<{ settings: NodeJS.ProcessEnv, postgres: import('../postgres.mjs').Postgres | null }>}
 */
export async function completeSettings() {
  if (fs.existsSync('.env')) process.loadEnvFile('.env');
  if (process.env.DATABASE_URL) {
    return { settings: { ...process.env, GATEHOUSE_EMBEDDED: 'off' }, postgres: null };
  }
  const postgres = await startPostgres({ dir: postgresDir });
  const settings = {
    ...process.env,
    DATABASE_URL: postgres.url,
    GATEHOUSE_EMBEDDED: 'on',
    GATEHOUSE_SECRET: process.env.GATEHOUSE_SECRET || keptSecret(dataDir),
  };
  return { settings, postgres };
}
