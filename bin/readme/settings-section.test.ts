import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { settingsReference } from '@/lib/policy/reference';
import { withSettings } from './settings-section';

const readme = readFileSync('README.md', 'utf8');

it('the README is in step with the registry (npm run readme)', () => {
  expect(withSettings(readme)).toBe(readme);
  expect(readme).toContain(settingsReference());
});

it('a README without the section is not passed over', () => {
  expect(() => withSettings('# Gatehouse')).toThrow('no section');
});
