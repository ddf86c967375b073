// Runs a command-line entry on the database `npm start` uses: node bin/run.mjs <entry.ts> [arguments]
import { spawn } from 'node:child_process';
import { TYPESCRIPT } from './start/entry.mjs';
import { installMissing } from './start/install.mjs';
import { prepare } from './start/preparation.mjs';
import { completeSettings } from './start/settings.mjs';

installMissing();
const { settings, postgres } = await completeSettings();
try {
  await prepare(settings);
  const child = spawn(process.execPath, [...TYPESCRIPT, ...process.argv.slice(2)], {
    env: settings,
    stdio: 'inherit',
  });
  process.exitCode = await new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
} finally {
  await postgres?.stop();
}
