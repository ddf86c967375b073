import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

/**
 * The user Postgres runs as. Postgres refuses to run as root, so root steps down to another user.
 * @typedef {{ uid: number, gid: number, name: string }} Identity
 */

const STEP_DOWN_TO = ['postgres', 'nobody'];

/**
 * @param {string} name
 * @returns {Identity | null}
 */
function lookUp(name) {
  const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
  const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' });
  if (uid.status !== 0 || gid.status !== 0) return null;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout), name };
}

/** @returns {boolean} */
export function isRoot() {
  return process.getuid?.() === 0;
}

/**
 * The identity to step down to, or null when this process may run Postgres itself.
 * An existing data folder keeps its owner, so that a database made by an ordinary user also starts under root.
 * @param {string} dataDir
 * @returns {Identity | null}
 */
export function postgresIdentity(dataDir) {
  if (!isRoot()) return null;
  const owner = fs.statSync(dataDir, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: `uid ${owner.uid}` };
  for (const name of STEP_DOWN_TO) {
    const identity = lookUp(name);
    if (identity) return identity;
  }
  throw new Error('Postgres does not run as root, and there is neither a user "postgres" nor "nobody".');
}

/**
 * @param {Identity | null} identity
 * @returns {{ uid?: number, gid?: number }}
 */
export function credentials(identity) {
  return identity ? { uid: identity.uid, gid: identity.gid } : {};
}

/**
 * Whether the identity can enter a folder: every folder above it must let it through.
 * @param {Identity | null} identity
 * @param {string} dir
 */
export function canEnter(identity, dir) {
  if (!identity) return true;
  const probe = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', dir], { ...credentials(identity), cwd: '/' });
  return probe.status === 0;
}

/**
 * Postgres gets nothing of our environment but what it needs to run: no secret is readable through it.
 * @returns {NodeJS.ProcessEnv}
 */
export function postgresEnvironment() {
  const { PATH, SYSTEMROOT } = process.env;
  return {
    NODE_ENV: 'production',
    LC_ALL: 'C',
    TZ: 'UTC',
    ...(PATH && { PATH }),
    ...(SYSTEMROOT && { SYSTEMROOT }),
  };
}
