import { describe, expect, test } from 'vitest';
import type { Setting } from './setting';
import { settingNames, settings } from './settings';

/** Section 2's table, typed in a second time on purpose. */
const table: readonly (readonly [string, string, string, unknown, unknown])[] = [
  ['passwordLengthMin', 'Minimum password length', 'integer', 8, [6, 64]],
  ['passwordLengthMax', 'Maximum password length', 'integer', 24, [10, 64]],
  ['passwordUppercase', 'Require at least one uppercase letter', 'toggle', true, null],
  ['passwordLowercase', 'Require at least one lowercase letter', 'toggle', true, null],
  ['passwordNumber', 'Require at least one number', 'toggle', true, null],
  ['passwordSymbol', 'Require at least one non-alphanumeric character', 'toggle', false, null],
  ['passwordExpirationDays', 'Enable password expiration', 'choice', null, [90, 180, 270, 365]],
  ['passwordReuse', 'Prevent password reuse', 'choice', null, [5, 6, 7, 8, 9, 10]],
  ['passwordMinimumAgeHours', 'Minimum password age', 'integer', 24, [0, 8760]],
  ['webSessionHours', 'Web session timeout', 'integer', 24, [1, 8760]],
  ['mobileSessionHours', 'Mobile session expiry time', 'limit', null, [1, 8760]],
  ['desktopSessionHours', 'Desktop session expiry time', 'limit', null, [1, 8760]],
  ['webSessionIdleMinutes', 'Web session idle timeout', 'limit', null, [1, 1440]],
  ['closeWithBrowser', 'Expire cookie when browser closes', 'toggle', false, null],
  ['singleWebSession', 'Prevent concurrent active web sessions', 'toggle', true, null],
  ['secondFactorRequired', 'Enforce 2FA for the whole domain', 'toggle', false, null],
  ['lockoutFailures', 'Login lockout', 'fixed', 5, null],
  ['allowList', 'IP allow-list', 'addresses', { mode: 'off', entries: [] }, 500],
];
const span = (setting: Setting): unknown => {
  switch (setting.kind) {
    case 'integer':
    case 'limit':
      return [setting.min, setting.max];
    case 'choice':
      return setting.options;
    case 'addresses':
      return setting.maxEntries;
    default:
      return null;
  }
};

describe('the registry', () => {
  test.each(table)('declares %s as the table says', (name, label, kind, initial, range) => {
    const setting: Setting | undefined = Object.entries(settings).find(([key]) => key === name)?.[1];
    expect(setting && [setting.label, setting.kind, setting.default, span(setting)]).toEqual([
      label,
      kind,
      initial,
      range,
    ]);
  });

  test('marks what goes beyond the seeds, and only that', () => {
    const marked = settingNames.filter((name) => (settings[name] as Setting).beyondSeed === true);
    expect(marked).toEqual([
      'breachedCheck',
      'mobileSessionsAllowed',
      'desktopSessionsAllowed',
      'secondFactorStrength',
      'codeLifetimeMinutes',
      'backupCodesShownOnce',
    ]);
  });

  test('gives every setting a label of its own, a sentence, a source and a door', () => {
    const all: readonly Setting[] = Object.values(settings);
    expect(new Set(all.map((setting) => setting.label)).size).toBe(all.length);
    for (const setting of all) {
      expect(setting.help).toMatch(/\.$/);
      expect(setting.source).not.toBe('');
      expect(setting.enforcedAt.length).toBeGreaterThan(0);
    }
  });

  test('falls back to eight characters, no classes, the breached check, 24 hours and 15 minutes', () => {
    const base = Object.fromEntries(settingNames.map((name) => [name, settings[name].base]));
    expect(base).toMatchObject({
      passwordLengthMin: 8,
      passwordUppercase: false,
      passwordSymbol: false,
      passwordMinimumAgeHours: 0,
      breachedCheck: true,
      webSessionHours: 24,
      webSessionIdleMinutes: null,
      singleWebSession: false,
      secondFactorRequired: false,
      lockoutMinutes: 15,
    });
  });
});
