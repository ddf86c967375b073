import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressAllowed } from './cidr';
import { type EffectiveValues, effectivePolicy, stricterValue, unboundPolicy } from './effective';
import { enabledAt } from './layer';
import { basePolicy, settingOf } from './policy';
import { anyPolicy, layerOf, someLayers } from './policy-arbitraries';
import { policySchema } from './policy-schema';
import { settingNames } from './settings';
import { days } from './time';

const plain = ({ allowList: _, ...values }: EffectiveValues): Record<string, unknown> => values;
const addresses = [
  '203.0.113.7',
  '203.0.113.8',
  '198.51.100.9',
  '2001:db8::1',
  '10.1.1.1',
  '192.0.2.1',
  null,
];

describe('the resolver', () => {
  test('with no layer everything has its base value and no source', () => {
    const { allowList: _, ...base } = basePolicy;
    expect(plain(unboundPolicy.values)).toEqual({
      ...base,
      passwordSpecialCharacters: [],
      contactEmailRequired: false,
    });
    expect(Object.values(unboundPolicy.settings).every(({ sources }) => sources.length === 0)).toBe(true);
  });

  test('a domain may go below the base values, because they are no floor', () => {
    expect(effectivePolicy([layerOf('d', { passwordLengthMin: 6 })]).values.passwordLengthMin).toBe(6);
  });

  test('the strictest value binds and names its layer', () => {
    const { settings } = effectivePolicy([
      layerOf('d', { passwordLengthMin: 8, webSessionHours: 12, passwordReuse: null }),
      layerOf('p', { passwordLengthMin: 12, webSessionHours: 48, passwordReuse: 5 }, { kind: 'programme' }),
    ]);
    expect(settings.passwordLengthMin).toMatchObject({
      value: 12,
      sources: [{ kind: 'programme', id: 'p' }],
    });
    expect(settings.webSessionHours).toMatchObject({ value: 12, sources: [{ kind: 'domain', id: 'd' }] });
    expect(settings.passwordReuse).toMatchObject({ value: 5, sources: [{ id: 'p' }] });
  });

  test('a minimum above the maximum lifts it, and says who did', () => {
    const { settings } = effectivePolicy([
      layerOf('d', { passwordLengthMin: 8, passwordLengthMax: 10 }),
      layerOf('p', { passwordLengthMin: 12 }, { kind: 'programme' }),
    ]);
    expect(settings.passwordLengthMax).toMatchObject({
      value: 12,
      sources: [{ id: 'd' }],
      adjustedBy: [{ id: 'p' }],
    });
  });

  test('strength and grace of a layer count only while it requires a second factor', () => {
    const { values } = effectivePolicy([
      layerOf('d', { secondFactorRequired: false, secondFactorStrength: 4, secondFactorGraceHours: 0 }),
      layerOf('p', { secondFactorRequired: true, secondFactorStrength: 1, secondFactorGraceHours: 24 }),
    ]);
    expect([values.secondFactorStrength, values.secondFactorGraceHours]).toEqual([1, 24]);
  });

  test('adding a layer never loosens', () => {
    fc.assert(
      fc.property(someLayers, (layers) => {
        const before = effectivePolicy(layers.slice(1)).values;
        const after = effectivePolicy(layers).values;
        for (const name of settingNames) {
          if (name === 'allowList' || !layers.slice(1).some((layer) => layer.values[name] !== undefined))
            continue;
          const setting = settingOf(name);
          if (setting.onlyWith !== undefined && !before.secondFactorRequired) continue;
          const [was, is] = [before[name], after[name]];
          const reached = name === 'passwordMinimumAgeHours' && after.passwordExpirationDays !== null;
          if (reached && is === after.passwordExpirationDays * 24 - 1) continue;
          expect(stricterValue(setting, is, was), name).toBe(is);
        }
        for (const address of addresses) {
          const [was, is] = [before, after].map(
            (v) => addressAllowed(v.allowList.enforced, address, 1000).allowed,
          );
          expect(is && !was).toBe(false);
        }
        const sets = new Set(after.passwordSpecialCharacters);
        expect(before.passwordSpecialCharacters.every((set) => sets.has(set))).toBe(true);
        expect(after.contactEmailRequired || !before.contactEmailRequired).toBe(true);
      }),
    );
  });

  test('the order of the layers does not matter, and twice is once', () => {
    fc.assert(
      fc.property(someLayers, (layers) => {
        const once = effectivePolicy(layers);
        expect(effectivePolicy([...layers].reverse())).toEqual(once);
        expect(effectivePolicy([...layers, ...layers])).toEqual(once);
      }),
    );
  });

  test('valid policies merge to a valid one', () => {
    fc.assert(
      fc.property(fc.array(anyPolicy, { minLength: 1, maxLength: 3 }), (policies) => {
        const { values } = effectivePolicy(policies.map((policy, at) => layerOf(`l${at}`, policy)));
        const { passwordSpecialCharacters: _, contactEmailRequired: __, ...rest } = values;
        const { error } = policySchema.safeParse({ ...rest, allowList: basePolicy.allowList });
        expect(error?.issues).toBeUndefined();
      }),
    );
  });
});

test('switching off and on within seven days keeps the earlier date', () => {
  const former = { enabledAt: 100, disabledAt: days(30) };
  expect(enabledAt(former, days(37))).toBe(100);
  expect(enabledAt(former, days(37) + 1)).toBe(days(37) + 1);
  expect(enabledAt(null, 5)).toBe(5);
});
