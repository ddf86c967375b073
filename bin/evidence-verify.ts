import { readFile } from 'node:fs/promises';
import { isEvidence } from '@/lib/organization/policies/evidence';

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Usage: npm run evidence:verify -- <file>');
  process.exitCode = 2;
} else if (isEvidence(await readFile(file, 'utf8'))) {
  console.log('This report was made here and has not been altered.');
} else {
  console.error('This is no report of this installation, or it was altered.');
  process.exitCode = 1;
}
