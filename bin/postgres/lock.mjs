import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @param {number} pid
 * @returns {string[]} the fields of Linux's process record from its state on; empty elsewhere and for no process
 */
function linuxRecord(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

/** @param {number} pid  One that has ended but was not yet collected by its parent is not alive. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return linuxRecord(pid)[0] !== 'Z';
}

/**
 * When a process began, so that a number used again by another process is not taken for the old one.
 * @param {number} pid
 * @returns {string} empty where the system does not tell
 */
export function processStart(pid) {
  try {
    if (process.platform === 'linux') {
      const boot = fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      return `${boot}:${linuxRecord(pid)[19] ?? ''}`;
    }
    if (process.platform === 'win32') return '';
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

/** @typedef {{ pid: number, began: string }} ProcessMark */

/** @returns {ProcessMark} */
export function markOfThisProcess() {
  return { pid: process.pid, began: processStart(process.pid) };
}

/** @param {ProcessMark} mark */
export function isSameProcess(mark) {
  return isAlive(mark.pid) && processStart(mark.pid) === mark.began;
}

/** @param {string} file */
function readHolder(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** @param {string} text */
function isStale(text) {
  try {
    return !isSameProcess(JSON.parse(text));
  } catch {
    return true;
  }
}

/**
 * Moves a dead holder's file away; puts it back when another launcher was quicker and it is theirs.
 * @param {string} file
 * @param {string} stale
 */
function clearStale(file, stale) {
  const aside = `${file}.${randomUUID()}`;
  try {
    fs.renameSync(file, aside);
    if (fs.readFileSync(aside, 'utf8') !== stale) fs.linkSync(aside, file);
  } catch {
    // Somebody else cleared it, or already holds it: the next attempt sees which.
  } finally {
    fs.rmSync(aside, { force: true });
  }
}

/**
 * Runs `task` while no other launcher runs one under the same file. A holder that was killed does not block.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 */
export async function withLock(file, task) {
  const own = JSON.stringify({ ...markOfThisProcess(), token: randomUUID() });
  const draft = `${file}.${randomUUID()}`;
  const giveUpAt = performance.now() + 60_000;
  fs.writeFileSync(draft, own, { mode: 0o600 });
  try {
    while (!tryLink(draft, file)) {
      const holder = readHolder(file);
      if (holder !== null && isStale(holder)) clearStale(file, holder);
      else await sleep(50);
      if (performance.now() > giveUpAt) throw new Error(`Another start holds ${file}.`);
    }
  } finally {
    fs.rmSync(draft, { force: true });
  }
  try {
    return await task();
  } finally {
    if (readHolder(file) === own) fs.rmSync(file, { force: true });
  }
}

/**
 * A link appears whole or not at all, so no one ever reads a half-written holder.
 * @param {string} draft
 * @param {string} file
 */
function tryLink(draft, file) {
  try {
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
