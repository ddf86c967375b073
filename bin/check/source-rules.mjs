import fs from 'node:fs';
import path from 'node:path';

const FOLDERS = ['app', 'bin', 'components', 'drizzle', 'e2e', 'lib'];
const MAX_LINES = 250;
/** The registry of settings is one list on purpose. */
const LONG_BY_NATURE = /^(?:lib\/policy\/settings\.ts|drizzle\/migrations\/)/;
const SERVER_ONLY = /^lib\/(?:io|session|account|organization|operator|sign-in)\/(?!.*\.test\.ts$).*\.ts$/;
const TEST = /\.(?:test|spec)\.tsx?$/;
const UNFINISHED = new RegExp(
  ['TO', 'DO|FIX', 'ME|biome-', 'ignore|@ts-', '(?:ignore|expect-error)'].join(''),
);

/**
 * @param {string} folder
 * @returns {string[]}
 */
function sourcesBelow(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return sourcesBelow(name);
    return /\.(?:tsx?|mjs)$/.test(name) ? [name] : [];
  });
}

/**
 * The rules of the house that the linter has no words for.
 * @param {string} file
 * @param {string} text
 * @returns {string[]}
 */
function faultsOf(file, text) {
  const faults = [];
  const lines = text.split('\n').length - 1;
  if (lines > MAX_LINES && !LONG_BY_NATURE.test(file) && !TEST.test(file)) {
    faults.push(`has ${lines} lines; ${MAX_LINES} are allowed`);
  }
  if (SERVER_ONLY.test(file) && !text.startsWith("import 'server-only';")) {
    faults.push("does not begin with import 'server-only'");
  }
  if (/^['"]use client['"]/.test(text)) {
    const inner = [
      ...text.matchAll(/^(?:import|export) (?!type ).*from '(@\/(?:lib\/(?!policy\/)|drizzle\/)[^']*)'/gms),
    ];
    for (const [, path] of inner) faults.push(`runs in the browser, so it must not import ${path}`);
  }
  if (UNFINISHED.test(text)) faults.push('holds an unfinished or silenced place');
  return faults;
}

/** @returns {string[]} */
export function sourceFaults() {
  return FOLDERS.filter((folder) => fs.existsSync(folder))
    .flatMap(sourcesBelow)
    .flatMap((file) => faultsOf(file, fs.readFileSync(file, 'utf8')).map((fault) => `${file} ${fault}`));
}
