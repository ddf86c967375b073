import fc from 'fast-check';
import type { PolicyLayer } from './layer';
import { type LayerValues, mapSettings, type Policy } from './policy';
import { crossRules } from './policy-schema';
import type { AllowList, Setting } from './setting';

/** Random values for property tests; nothing else imports this file. */
const entry = fc.record({
  cidr: fc.constantFrom('203.0.113.0/24', '203.0.113.7/32', '198.51.100.0/25', '2001:db8::/32', '10.0.0.0/8'),
  label: fc.constantFrom('', 'Office'),
  expiresAt: fc.option(fc.integer({ min: 0, max: 2000 })),
});
const allowList: fc.Arbitrary<AllowList> = fc.record({
  mode: fc.constantFrom('off', 'monitor', 'enforce'),
  entries: fc.array(entry, { minLength: 1, maxLength: 3 }),
});

const value = (setting: Setting): fc.Arbitrary<unknown> => {
  switch (setting.kind) {
    case 'toggle':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: setting.min, max: setting.max });
    case 'limit':
      return fc.option(fc.integer({ min: setting.min, max: setting.max }));
    case 'choice':
      return fc.option(fc.constantFrom(...setting.options));
    case 'level':
      return fc.constantFrom(...Object.keys(setting.options).map(Number));
    case 'fixed':
      return fc.constant(setting.default);
    case 'addresses':
      return allowList;
  }
};

const values = mapSettings(value);

/** Any policy an owner could save. */
export const anyPolicy = fc
  .record(values, { noNullPrototype: true })
  .map((policy) => policy as Policy)
  .filter((policy) => crossRules.every((rule) => rule.holds(policy)));

const someValues = fc
  .record(
    {
      ...values,
      passwordExpirationDays: fc.option(fc.integer({ min: 1, max: 400 })),
      passwordSpecialCharacters: fc.constantFrom('!@#$%^&*', '!?'),
      contactEmailRequired: fc.boolean(),
    },
    { requiredKeys: [], noNullPrototype: true },
  )
  .map((partial) => partial as LayerValues);

/** Makes a layer in force out of values. */
export const layerOf = (id: string, given: LayerValues, more: Partial<PolicyLayer> = {}): PolicyLayer => ({
  kind: 'domain',
  id,
  name: `${id}.example`,
  version: 1,
  author: null,
  since: 0,
  values: given,
  tightening: { applies: 'next_sign_in' },
  expirationEnabledAt: null,
  expirationSpreadDays: 0,
  secondFactorEnabledAt: null,
  ...more,
});

/** Up to four layers of either kind, each setting some of the settings. */
export const someLayers = fc
  .array(fc.tuple(fc.constantFrom('programme' as const, 'domain' as const), someValues), { maxLength: 4 })
  .map((drawn) => drawn.map(([kind, given], at) => layerOf(`layer-${at}`, given, { kind })));
