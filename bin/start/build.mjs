import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const SOURCES = [
  'app',
  'components',
  'drizzle/schema',
  'lib',
  'public',
  'instrumentation.ts',
  'next.config.ts',
  'package-lock.json',
  'postcss.config.mjs',
  'tsconfig.json',
];
const STAMP = '.next/gatehouse-build';

/**
 * @param {string} entry
 * @returns {string[]}
 */
function filesBelow(entry) {
  const stat = fs.statSync(entry, { throwIfNoEntry: false });
  if (!stat) return [];
  if (stat.isFile()) return /\.test\.tsx?$/.test(entry) ? [] : [entry];
  return fs
    .readdirSync(entry)
    .sort()
    .flatMap((name) => filesBelow(path.join(entry, name)));
}

/** One value for the content of everything a build reads. */
function fingerprint() {
  const hash = createHash('sha256').update(process.version);
  for (const file of SOURCES.flatMap(filesBelow)) hash.update(`\0${file}\0`).update(fs.readFileSync(file));
  return hash.digest('hex');
}

/** @param {string} wanted */
function isBuilt(wanted) {
  if (!fs.existsSync('.next/BUILD_ID') || !fs.existsSync(STAMP)) return false;
  return fs.readFileSync(STAMP, 'utf8') === wanted;
}

/**
 * Builds, and notes from which sources.
 * @returns {Promise<void>}
 */
export async function build() {
  const sources = fingerprint();
  fs.rmSync(STAMP, { force: true });
  const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const abandon = () => child.kill('SIGKILL');
  process.once('exit', abandon);
  const code = await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
  process.off('exit', abandon);
  if (code !== 0) throw new Error(`The build failed:\n${output}`);
  fs.writeFileSync(STAMP, sources);
}

/** Builds when the sources differ from those of the last whole build. */
export async function buildIfStale() {
  if (isBuilt(fingerprint())) return;
  process.stdout.write('Building …\n');
  await build();
}
