// Writes the table of settings into the README: npm run readme
import { readFileSync, writeFileSync } from 'node:fs';
import { withSettings } from './readme/settings-section';

const file = 'README.md';
writeFileSync(file, withSettings(readFileSync(file, 'utf8')));
