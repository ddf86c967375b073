import type { AllowList, Setting, SettingValue, ValueOf } from './setting';
import { type SettingName, type Settings, settingNames, settings } from './settings';

/** One domain's rules, every setting present. */
export type Policy = { readonly [N in SettingName]: ValueOf<Settings[N]> };

/** What only a platform programme can ask for; see `LayerValues`. */
export type ProgrammeControls = {
  /** A password needs one of exactly these characters. */
  readonly passwordSpecialCharacters: string;
  readonly contactEmailRequired: boolean;
};
export type ProgrammeControl = keyof ProgrammeControls;

/** The values one layer sets; an absent setting is not this layer's business. */
export type LayerValues = Partial<Policy & ProgrammeControls>;

/** The widened declaration of a setting, for code that treats all settings alike. */
export const settingOf = (name: SettingName): Setting => settings[name];

/** Builds a record over all settings; the one place that turns the registry into a value per setting. */
export function mapSettings<T>(make: (setting: Setting, name: SettingName) => T): Record<SettingName, T> {
  const entries = settingNames.map((name) => [name, make(settingOf(name), name)]);
  return Object.fromEntries(entries) as Record<SettingName, T>;
}

/** What a newly verified domain starts with, inactive (the table of section 2). */
export const defaultPolicy = mapSettings((setting) => setting.default) as Policy;

/** What holds for a setting that no layer in force sets. A fallback, not a floor: a domain may go below. */
export const basePolicy = mapSettings((setting) => setting.base) as Policy;

/** Whether two values of one setting are the same, lists by content. */
export function sameValue(a: SettingValue, b: SettingValue): boolean {
  if (!isAllowList(a) || !isAllowList(b)) return a === b;
  return a.mode === b.mode && sameEntries(a, b);
}

/** Tells an address list from the plain values. */
export const isAllowList = (value: SettingValue): value is AllowList =>
  typeof value === 'object' && value !== null;

const sameEntries = (a: AllowList, b: AllowList): boolean =>
  a.entries.length === b.entries.length &&
  a.entries.every((entry, at) => {
    const other = b.entries[at];
    return entry.cidr === other?.cidr && entry.label === other.label && entry.expiresAt === other.expiresAt;
  });

/** The settings in which two policies differ, in the order of the screens. */
export const changedSettings = (before: Policy, after: Policy): readonly SettingName[] =>
  settingNames.filter((name) => !sameValue(before[name], after[name]));
