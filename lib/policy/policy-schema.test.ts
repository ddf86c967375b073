import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedSettings, defaultPolicy, type Policy, settingOf } from './policy';
import { anyPolicy } from './policy-arbitraries';
import { policySchema, programmeValuesSchema, versionTermsSchema } from './policy-schema';
import { settingNames } from './settings';

const faults = (policy: unknown): Record<string, string> => {
  const parsed = policySchema.safeParse(policy);
  if (parsed.success) return {};
  return Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message]));
};
const withValue = (name: string, value: unknown) => ({ ...defaultPolicy, [name]: value });

describe('the schema of a policy', () => {
  test('accepts the defaults as they stand', () => {
    expect(policySchema.parse(defaultPolicy)).toEqual(defaultPolicy);
  });

  test('accepts whatever the registry allows', () => {
    fc.assert(fc.property(anyPolicy, (policy) => policySchema.safeParse(policy).success));
  });

  test.each(settingNames)('refuses a wrong type and a value out of range at %s, naming it', (name) => {
    const setting = settingOf(name);
    const wrong: unknown[] = ['yes', undefined, Number.NaN, {}];
    if ('min' in setting) wrong.push(setting.min - 1, setting.max + 1, setting.min + 0.5, `${setting.min}`);
    if ('options' in setting) wrong.push(0, 91.5, -1);
    if (setting.kind === 'fixed') wrong.push(setting.default + 1);
    for (const value of wrong) {
      const paths = Object.keys(faults(withValue(name, value)));
      expect(
        paths.some((path) => path.startsWith(name)),
        String(value),
      ).toBe(true);
    }
  });

  test('refuses a key it does not know and a missing one', () => {
    expect(policySchema.safeParse({ ...defaultPolicy, extra: 1 }).success).toBe(false);
    const { lockoutMinutes: _, ...rest } = defaultPolicy;
    expect(faults(rest)).toHaveProperty('lockoutMinutes');
  });

  test.each<[Partial<Policy>, keyof Policy, boolean]>([
    [{ passwordLengthMin: 25, passwordLengthMax: 24 }, 'passwordLengthMax', false],
    [{ passwordLengthMin: 24, passwordLengthMax: 24 }, 'passwordLengthMax', true],
    [{ webSessionHours: 2, webSessionIdleMinutes: 120 }, 'webSessionIdleMinutes', false],
    [{ webSessionHours: 2, webSessionIdleMinutes: 119 }, 'webSessionIdleMinutes', true],
    [{ passwordExpirationDays: 90, passwordMinimumAgeHours: 2160 }, 'passwordMinimumAgeHours', false],
    [{ passwordExpirationDays: 90, passwordMinimumAgeHours: 2159 }, 'passwordMinimumAgeHours', true],
  ])('holds %o together at %s: %s', (change, field, fine) => {
    expect(Object.keys(faults({ ...defaultPolicy, ...change }))).toEqual(fine ? [] : [field]);
  });

  test('refuses to switch on an empty address list, and offers the corrected network', () => {
    const list = (mode: string, ...cidrs: string[]) => ({ mode, entries: cidrs.map((cidr) => ({ cidr })) });
    expect(faults(withValue('allowList', list('enforce')))).toHaveProperty(['allowList.entries']);
    expect(faults(withValue('allowList', list('monitor')))).toHaveProperty(['allowList.entries']);
    expect(faults(withValue('allowList', list('off', '10.0.0.7/8')))['allowList.entries.0.cidr']).toContain(
      '10.0.0.0/8',
    );
    expect(policySchema.parse(withValue('allowList', list('enforce', '::FFFF:10.0.0.0/104')))).toMatchObject({
      allowList: { entries: [{ cidr: '10.0.0.0/8', label: '', expiresAt: null }] },
    });
  });

  test('names the settings that changed', () => {
    expect(changedSettings(defaultPolicy, { ...defaultPolicy, lockoutMinutes: 16 })).toEqual([
      'lockoutMinutes',
    ]);
    const entries = [{ cidr: '10.0.0.0/8', label: '', expiresAt: null }];
    const listed = { ...defaultPolicy, allowList: { mode: 'off' as const, entries } };
    expect(changedSettings(defaultPolicy, listed)).toEqual(['allowList']);
    expect(changedSettings(listed, structuredClone(listed))).toEqual([]);
  });
});

describe('the schemas beside it', () => {
  test('a programme item carries any rotation and its own controls', () => {
    const item = {
      passwordExpirationDays: 30,
      passwordSpecialCharacters: '!@#$%^&*',
      contactEmailRequired: true,
    };
    expect(programmeValuesSchema.parse(item)).toEqual(item);
    expect(programmeValuesSchema.safeParse({ passwordExpirationDays: 0 }).success).toBe(false);
    expect(programmeValuesSchema.safeParse({ passwordSpecialCharacters: 'a' }).success).toBe(false);
    expect(programmeValuesSchema.safeParse({ unheardOf: true }).success).toBe(false);
  });

  test('a version says when it reaches existing passwords', () => {
    const terms = { tightening: { applies: 'by_date', date: 5 }, expirationSpreadDays: 30 };
    expect(versionTermsSchema.parse(terms)).toEqual(terms);
    expect(versionTermsSchema.safeParse({ ...terms, tightening: { applies: 'by_date' } }).success).toBe(
      false,
    );
    expect(versionTermsSchema.safeParse({ ...terms, expirationSpreadDays: 31 }).success).toBe(false);
  });
});
