import { type LayerSource, type PolicyLayer, sourceOf } from './layer';
import { basePolicy, isAllowList, mapSettings, type Policy, settingOf } from './policy';
import type { AllowEntry, Setting, SettingValue } from './setting';
import type { SettingName } from './settings';

/** One layer's address list; an address must be in every enforced one. */
export type BoundList = { readonly source: LayerSource; readonly entries: readonly AllowEntry[] };
export type BoundLists = {
  readonly enforced: readonly BoundList[];
  readonly monitored: readonly BoundList[];
};

/** The plain values in force for an account. */
export type EffectiveValues = Omit<Policy, 'allowList'> & {
  readonly allowList: BoundLists;
  /** Each set asks for one of its characters. */
  readonly passwordSpecialCharacters: readonly string[];
  readonly contactEmailRequired: boolean;
};
export type EffectiveName = keyof EffectiveValues;

/**
 * A value with the layers it comes from. No source: a base value. `adjustedBy` names the layers of another
 * setting that moved it, as when a longer minimum lifts the maximum.
 */
export type Resolved<V> = {
  readonly value: V;
  readonly sources: readonly LayerSource[];
  readonly adjustedBy?: readonly LayerSource[];
};
export type EffectivePolicy = {
  readonly settings: { readonly [N in EffectiveName]: Resolved<EffectiveValues[N]> };
  readonly values: EffectiveValues;
  /** The layers, each once, in a fixed order: due dates and mandates are computed per layer. */
  readonly layers: readonly PolicyLayer[];
};

type PlainValue = Exclude<SettingValue, object> | null;

/** What a layer asks of a setting, or undefined where it is none of its business. */
export function asked(layer: PolicyLayer, name: SettingName): SettingValue | undefined {
  const { onlyWith, programmeDefault, default: initial } = settingOf(name);
  const own = layer.values[name];
  if (onlyWith === undefined) return own;
  if (layer.values[onlyWith as SettingName] !== true) return undefined;
  return own ?? (layer.kind === 'programme' ? (programmeDefault ?? initial) : initial);
}

/** The stricter of two plain values; `null`, which is off, yields to any number. */
export function stricterValue(setting: Setting, a: PlainValue, b: PlainValue): PlainValue {
  if (a === null) return b;
  if (b === null) return a;
  switch (setting.stricter) {
    case 'on':
      return a || b;
    case 'off':
      return a && b;
    case 'higher':
      return Math.max(Number(a), Number(b));
    case 'lower':
      return Math.min(Number(a), Number(b));
    case 'every':
      return a;
  }
}

function resolve(layers: readonly PolicyLayer[], name: SettingName): Resolved<PlainValue> {
  const setting = settingOf(name);
  let value: PlainValue | undefined;
  for (const layer of layers) {
    const own = asked(layer, name);
    if (own === undefined || isAllowList(own)) continue;
    value = value === undefined ? own : stricterValue(setting, value, own);
  }
  if (value === undefined) {
    const base = basePolicy[name];
    return { value: isAllowList(base) ? null : base, sources: [] };
  }
  const sources = layers.filter((layer) => asked(layer, name) === value).map(sourceOf);
  return { value, sources };
}

function resolveLists(layers: readonly PolicyLayer[]): Resolved<BoundLists> {
  const inMode = (mode: 'enforce' | 'monitor'): readonly BoundList[] =>
    layers.flatMap((layer) => {
      const list = layer.values.allowList;
      return list?.mode === mode ? [{ source: sourceOf(layer), entries: list.entries }] : [];
    });
  const enforced = inMode('enforce');
  return { value: { enforced, monitored: inMode('monitor') }, sources: enforced.map((list) => list.source) };
}

function resolveProgramme(layers: readonly PolicyLayer[]) {
  const special = layers.filter((layer) => layer.values.passwordSpecialCharacters !== undefined);
  const sets = new Set(special.map((layer) => layer.values.passwordSpecialCharacters ?? ''));
  const contact = layers.filter((layer) => layer.values.contactEmailRequired === true);
  return {
    passwordSpecialCharacters: { value: [...sets].sort(), sources: special.map(sourceOf) },
    contactEmailRequired: { value: contact.length > 0, sources: contact.map(sourceOf) },
  };
}

type Merged = Record<SettingName, Resolved<PlainValue>>;

/** Moves `name` to `value`, because of what `because` demands. */
function adjust(merged: Merged, name: SettingName, because: SettingName, value: number): void {
  const { sources } = merged[name];
  merged[name] = { value, sources, adjustedBy: merged[because].sources };
}

/**
 * Values of different layers can contradict each other; each is brought to what it can still mean.
 * A minimum above the maximum lifts the maximum. An idle limit that the overall limit would always beat is
 * drawn below it, and a minimum age that reaches the expiration likewise: an expired password may always be
 * changed, so neither changes what happens to anybody.
 */
function reconcile(merged: Merged): void {
  const number = (name: SettingName): number => Number(merged[name].value ?? Number.POSITIVE_INFINITY);
  if (number('passwordLengthMax') < number('passwordLengthMin')) {
    adjust(merged, 'passwordLengthMax', 'passwordLengthMin', number('passwordLengthMin'));
  }
  const overallMinutes = number('webSessionHours') * 60;
  if (Number.isFinite(number('webSessionIdleMinutes')) && number('webSessionIdleMinutes') >= overallMinutes) {
    adjust(merged, 'webSessionIdleMinutes', 'webSessionHours', overallMinutes - 1);
  }
  const expirationHours = number('passwordExpirationDays') * 24;
  if (number('passwordMinimumAgeHours') >= expirationHours) {
    adjust(merged, 'passwordMinimumAgeHours', 'passwordExpirationDays', expirationHours - 1);
  }
}

const layerKey = (layer: PolicyLayer): string => `${layer.kind}\u0000${layer.id}\u0000${layer.version}`;

/** Each layer once, in an order that does not depend on the caller's. */
function distinct(layers: readonly PolicyLayer[]): readonly PolicyLayer[] {
  if (layers.length < 2) return layers;
  const byKey = new Map(layers.map((layer) => [layerKey(layer), layer]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, layer]) => layer);
}

/**
 * The one resolver: merges the platform programme's items and the domain's policy, the strictest value of
 * each setting, and remembers for each where it comes from. The caller hands in the layers in force for one
 * account at one instant; the organization's rule (mandate.ts) is asked on entering an organization instead.
 */
export function effectivePolicy(given: readonly PolicyLayer[]): EffectivePolicy {
  const layers = distinct(given);
  const merged = mapSettings((_, name) => resolve(layers, name));
  reconcile(merged);
  const settings = {
    ...merged,
    allowList: resolveLists(layers),
    ...resolveProgramme(layers),
  } as EffectivePolicy['settings'];
  const values = Object.fromEntries(Object.entries(settings).map(([name, { value }]) => [name, value]));
  return { settings, values: values as EffectiveValues, layers };
}

/** The resolver's answer for an account that nothing binds. */
export const unboundPolicy = effectivePolicy([]);
