import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

/** @param {string} file */
function packagesOf(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages;
  } catch {
    return {};
  }
}

/** Whether every package the lock names is there in its version. Optional ones differ from machine to machine. */
export function isInstalled() {
  const installed = packagesOf('node_modules/.package-lock.json');
  return Object.entries(packagesOf('package-lock.json'))
    .filter(([name, entry]) => name !== '' && !entry.optional && !entry.devOptional)
    .every(([name, entry]) => installed[name]?.version === entry.version);
}

/** Installs exactly what the lock says, when something of it is missing. */
export function installMissing() {
  if (isInstalled()) return;
  process.stdout.write('Installing packages …\n');
  const npm = process.env.npm_execpath;
  const options = ['ci', '--include=dev', '--include=optional', '--loglevel=error'];
  const result = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...options], { stdio: 'inherit' })
    : spawnSync('npm', options, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.status !== 0) throw new Error('npm ci failed; its message stands above.');
}
