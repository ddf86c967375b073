import fs from 'node:fs';

/** @typedef {Record<string, { version?: string, optionalDependencies?: Record<string, string> }>} Packages */

/**
 * Whether npm would find `name` when it looks from `place` upwards.
 * @param {Packages} packages
 * @param {string} place
 * @param {string} name
 */
function isFound(packages, place, name) {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true;
    if (!folder) return false;
  }
}

/** @returns {string[]} what is wrong with package-lock.json */
export function lockFaults() {
  const text = fs.readFileSync('package-lock.json', 'utf8');
  /** @type {Packages} */
  const packages = JSON.parse(text).packages;
  const missing = Object.entries(packages).flatMap(([place, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !isFound(packages, place, name))
      .map(
        (name) =>
          `package-lock.json lacks ${name}, which ${place || 'the project'} names: npm ci would refuse it`,
      ),
  );
  const addresses = text.includes('"resolved"') ? ['package-lock.json names a registry ("resolved")'] : [];
  return [...missing, ...addresses];
}
