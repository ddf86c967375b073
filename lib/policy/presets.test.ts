import { describe, expect, test } from 'vitest';
import { effectivePolicy } from './effective';
import { defaultPolicy, type Policy } from './policy';
import { layerOf } from './policy-arbitraries';
import { policySchema } from './policy-schema';
import {
  carrierGapReport,
  gapReport,
  presetNames,
  presetOver,
  presets,
  reportNames,
  reportOf,
} from './presets';

const inForce = (policy: Policy) => effectivePolicy([layerOf('d', policy)]).values;

describe('presets', () => {
  test.each(presetNames)('%s is a policy an owner could save', (name) => {
    expect(policySchema.safeParse(presets[name].policy).error).toBeUndefined();
  });
  test.each(['nist', 'pci', 'asvs'] as const)('%s meets every clause of its own standard', (name) => {
    const report = gapReport(inForce(presets[name].policy), name);
    expect(report.length).toBeGreaterThan(5);
    expect(report.filter((gap) => !gap.met)).toEqual([]);
  });
  test('carrier meets all but what a policy cannot hold, and the report says so', () => {
    const open = carrierGapReport(inForce(presets.carrier.policy)).filter((gap) => !gap.met);
    expect(open.map((gap) => gap.name)).toEqual(['passwordSymbol', 'passwordExpirationDays']);
    expect(open[1]?.asks).toContain('30 days');
    const programme = layerOf(
      'p',
      { passwordExpirationDays: 30, passwordSpecialCharacters: '!@#$%^&*' },
      { kind: 'programme' },
    );
    const both = effectivePolicy([layerOf('d', presets.carrier.policy), programme]).values;
    expect(carrierGapReport(both).filter((gap) => !gap.met)).toEqual([]);
  });
  test('none takes an organization’s own networks away', () => {
    const entries = [{ cidr: '203.0.113.0/24', label: 'Office', expiresAt: null }];
    const saved: Policy = { ...defaultPolicy, lockoutMinutes: 99, allowList: { mode: 'enforce', entries } };
    for (const name of presetNames) {
      const mode = name === 'default' ? 'off' : 'enforce';
      expect(presetOver(name, saved)).toEqual({ ...presets[name].policy, allowList: { mode, entries } });
    }
  });
  test('the default leaves gaps that name clause and value', () => {
    const gaps = reportOf(inForce(defaultPolicy), 'pci').filter((gap) => !gap.met);
    expect(gaps).toContainEqual({
      name: 'passwordLengthMin',
      label: 'Minimum password length',
      clause: '8.3.6',
      asks: 'At least 12 characters.',
      value: '8 characters',
      met: false,
    });
    expect(Object.keys(reportNames)).toEqual(['nist', 'asvs', 'pci', 'carrier']);
  });
});
