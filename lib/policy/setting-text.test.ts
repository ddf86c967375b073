import { describe, expect, it } from 'vitest';
import { settingOf } from './policy';
import { conflictsOf, rangeText, valueOfText, valueText } from './setting-text';
import { settingNames } from './settings';

describe('a setting in words', () => {
  it('says range and unit where there is one', () => {
    expect(rangeText(settingOf('passwordLengthMin'))).toBe('6 to 64 characters');
    expect(rangeText(settingOf('webSessionIdleMinutes'))).toBe('1 to 1440 minutes, empty for off');
  });

  it('says every default of the registry in words', () => {
    for (const name of settingNames) expect(valueText(settingOf(name), settingOf(name).default)).not.toBe('');
    expect(valueText(settingOf('secondFactorStrength'), 3)).toBe('Authentication app');
  });

  it('names the clauses a value does not meet, and none when it meets them', () => {
    const names = (length: number) =>
      conflictsOf(settingOf('passwordLengthMin'), length, true).map((conflict) => conflict.name);
    expect(names(8)).toEqual(['PCI DSS 4.0.1, 8.3.6']);
    expect(names(12)).toEqual([]);
  });

  it('takes an empty number for off only where off exists', () => {
    expect(valueOfText(settingOf('webSessionIdleMinutes'), '')).toBeNull();
    expect(valueOfText(settingOf('webSessionHours'), '')).toBeUndefined();
    expect(valueOfText(settingOf('webSessionHours'), '8h')).toBeUndefined();
  });
});
