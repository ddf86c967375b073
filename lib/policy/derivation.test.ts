import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceText, policyDifference } from './difference';
import { effectivePolicy, unboundPolicy } from './effective';
import { exportPolicy, importFaultLabel, policyDocumentSchema, policyJsonSchema } from './export';
import { basePolicy, defaultPolicy, type Policy, settingOf } from './policy';
import { anyPolicy, layerOf } from './policy-arbitraries';
import { policySchema } from './policy-schema';
import { carrierGapReport, gapReport, presetNames, presets, reportNames, reportOf } from './presets';
import { settingsReference } from './reference';
import { settingNames } from './settings';

const inForce = (policy: Policy) => effectivePolicy([layerOf('d', policy)]).values;

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

describe('a difference', () => {
  test('says each setting that differs, in words and with its direction', () => {
    const entries = (...cidrs: string[]) => cidrs.map((cidr) => ({ cidr, label: '', expiresAt: null }));
    const before: Policy = {
      ...defaultPolicy,
      allowList: { mode: 'enforce', entries: entries('10.0.0.0/8') },
    };
    const after: Policy = {
      ...before,
      passwordLengthMin: 12,
      webSessionIdleMinutes: 1,
      mobileSessionsAllowed: false,
      breachedCheck: false,
      allowList: { mode: 'enforce', entries: entries('192.0.2.0/24') },
    };
    const lines = policyDifference(before, after);
    expect(lines.map(differenceText)).toEqual([
      'Minimum password length: 8 characters → 12 characters',
      'Check against breached and common passwords: on → off',
      'Web session idle timeout: off → 1 minute',
      'Allow mobile sessions: on → off',
      'IP allow-list: −10.0.0.0/8, +192.0.2.0/24',
    ]);
    expect(lines.map((line) => line.direction)).toEqual(['tighter', 'looser', 'tighter', 'tighter', 'mixed']);
    expect(policyDifference(after, before).map((line) => line.direction)).toEqual([
      'looser',
      'tighter',
      'looser',
      'looser',
      'mixed',
    ]);
  });

  test('is empty between equals and never between others', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (a, b) => {
        expect(policyDifference(a, structuredClone(a))).toEqual([]);
        for (const line of policyDifference(a, b)) expect(differenceText(line)).toMatch(/: .+/);
      }),
    );
  });
});

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

describe('an exported policy', () => {
  test('comes back as it left', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const text = JSON.stringify(exportPolicy(policy, 'https://gatehouse.example/schema.json'));
        expect(policyDocumentSchema.parse(JSON.parse(text)).policy).toEqual(policy);
      }),
    );
  });
  test('is refused with the setting’s own name when something is wrong', () => {
    const document = exportPolicy({ ...defaultPolicy, lockoutMinutes: 0 }, '');
    const issue = policyDocumentSchema.safeParse(document).error?.issues[0];
    expect(importFaultLabel(issue?.path ?? [])).toBe('Login lockout duration');
    const { lockoutMinutes: _, ...missing } = defaultPolicy;
    expect(policyDocumentSchema.safeParse({ ...document, policy: missing }).success).toBe(false);
    expect(policyDocumentSchema.safeParse({ ...exportPolicy(defaultPolicy, ''), version: 2 }).success).toBe(
      false,
    );
  });
});
