import { absoluteText } from '@/lib/policy/moment-text';
import { settingOf } from '@/lib/policy/policy';
import { valueText as settingText } from '@/lib/policy/setting-text';
import { type SettingName, settingNames } from '@/lib/policy/settings';

/** Subjects of the log as its filters name them; a subject that is not here is named by its own word. */
const subjects: Readonly<Record<string, string>> = {
  organization: 'Organization',
  member: 'Members',
  invitation: 'Invitations',
  claim: 'Domains',
  policy: 'Policies',
  second_factor_rule: 'Two-factor rule',
};

const spaced = (word: string) => word.replaceAll('_', ' ');
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export const subjectWord = (subject: string): string => subjects[subject] ?? capital(spaced(subject));

/** `member.role_changed` as "Member: role changed". */
export function eventWord(event: string): string {
  const [subject = '', ...rest] = event.split('.');
  const what = spaced(rest.join(' '));
  return what === '' ? capital(spaced(subject)) : `${capital(spaced(subject))} ${what}`;
}

/** Instants stand in a row as epoch milliseconds, under names that say so. */
const isInstant = (key: string, value: unknown): value is number =>
  typeof value === 'number' && value > 1e12 && /(?:at|from|by|until)$/iu.test(key);

/** The rule of an organization keeps two of the settings under names of its own. */
const aliases: Readonly<Record<string, SettingName>> = {
  graceHours: 'secondFactorGraceHours',
  minimumStrength: 'secondFactorStrength',
};

const settingNamed = (key: string): SettingName | undefined =>
  aliases[key] ?? settingNames.find((name) => name === key);

const isPlain = (value: unknown): value is boolean | number | null =>
  value === null || typeof value === 'boolean' || typeof value === 'number';

const valueText = (value: unknown, key: string): string => {
  const setting = settingNamed(key);
  if (setting !== undefined && isPlain(value)) return settingText(settingOf(setting), value);
  if (isInstant(key, value)) return absoluteText(value, 'UTC');
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (value === null || value === undefined) return 'none';
  return typeof value === 'object' ? JSON.stringify(value) : spaced(String(value));
};

/** A setting by its label, anything else as its words: `adminsMaySetPasswords` as "Admins may set passwords". */
function keyText(key: string): string {
  const setting = settingNamed(key);
  if (setting !== undefined) return settingOf(setting).label;
  return capital(spaced(key.replace(/([a-z0-9])([A-Z])/gu, '$1_$2').toLowerCase()));
}

export type Change = { readonly key: string; readonly before: string | null; readonly after: string | null };

const entriesOf = (value: unknown): ReadonlyMap<string, unknown> =>
  new Map(typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []);

/** What a row changed, value by value; what stayed the same is left out. */
export function changesOf(before: unknown, after: unknown): readonly Change[] {
  const [old, young] = [entriesOf(before), entriesOf(after)];
  const keys = [...new Set([...old.keys(), ...young.keys()])];
  return keys.flatMap((key) => {
    const was = old.has(key) ? valueText(old.get(key), key) : null;
    const is = young.has(key) ? valueText(young.get(key), key) : null;
    return was === is ? [] : [{ key: keyText(key), before: was, after: is }];
  });
}
