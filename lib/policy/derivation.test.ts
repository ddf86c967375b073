import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { unboundPolicy } from './effective';
import { policyJsonSchema } from './export';
import { basePolicy, defaultPolicy, settingOf } from './policy';
import { policySchema } from './policy-schema';
import { settingsReference } from './reference';
import { settingNames } from './settings';

describe('everything derives from the registry', () => {
  const schema = policyJsonSchema('https://gatehouse.example/policy.schema.json');
  const properties = JSON.parse(JSON.stringify(schema)).properties.policy.properties;

  test.each(settingNames)(
    '%s is in the type, defaults, base, schema, merge, export and reference',
    (name) => {
      const setting = settingOf(name);
      expect(defaultPolicy).toHaveProperty(name);
      expect(basePolicy).toHaveProperty(name);
      expect(unboundPolicy.settings).toHaveProperty(name);
      expect(policySchema.safeParse({ ...defaultPolicy, [name]: undefined }).success).toBe(false);
      expect(properties[name]).toMatchObject({ title: setting.label, description: setting.help });
      expect(settingsReference()).toContain(`| ${setting.label}`);
    },
  );

  test('no setting is anywhere that is not in the registry', () => {
    const extra = ['passwordSpecialCharacters', 'contactEmailRequired'];
    expect(Object.keys(defaultPolicy)).toEqual(settingNames);
    expect(Object.keys(unboundPolicy.values)).toEqual([...settingNames, ...extra]);
    expect(Object.keys(properties)).toEqual(settingNames);
    expect(settingsReference().match(/^\| (?!Setting|---)/gm)?.length).toBe(settingNames.length);
  });

  test('the JSON Schema carries ranges and options', () => {
    expect(properties.passwordLengthMin).toMatchObject({
      type: 'integer',
      minimum: 6,
      maximum: 64,
      default: 8,
    });
    expect(JSON.stringify(properties.passwordExpirationDays)).toContain('[90,180,270,365]');
    expect(properties.allowList.properties.entries).toMatchObject({ maxItems: 500 });
  });
});

/** All files that a file of the core brings into a bundle; type imports bring nothing. */
function bundled(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  const text = readFileSync(new URL(`./${file}.ts`, import.meta.url), 'utf8');
  for (const [, what = '', from = ''] of text.matchAll(/^import (type )?[^;]*?from '([^']+)';/gm)) {
    if (what === '') {
      if (from.startsWith('./')) bundled(from.slice(2), found);
      else found.add(from);
    }
  }
  return found;
}

test('what sign-in pages run in the browser carries no schema library', () => {
  for (const file of [
    'password',
    'password-text',
    'effective',
    'settings',
    'setting-text',
    'typed-code',
    'address',
  ]) {
    expect([...bundled(file)], file).not.toContain('zod');
  }
  expect([...bundled('policy-schema')]).toContain('zod');
  expect([...bundled('password')]).toEqual(['password']);
});
