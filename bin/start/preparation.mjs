import { askEntry } from './entry.mjs';

/** @typedef {Extract<import('../prepare.ts').Preparation, { ok: true }>} Prepared */

/**
 * Reads the settings, migrates and seeds; throws with every fault by name.
 * @param {NodeJS.ProcessEnv} settings
 * @returns {Promise<Prepared>}
 */
export async function prepare(settings) {
  const prepared = /** @type {import('../prepare.ts').Preparation} */ (
    await askEntry('bin/prepare.ts', settings)
  );
  if (prepared.ok) return prepared;
  const faults = prepared.faults.map(({ name, message }) => `  ${name}: ${message}`);
  throw new Error(['Gatehouse cannot start with these settings:', ...faults].join('\n'));
}
