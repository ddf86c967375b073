import { type SQL, sql } from 'drizzle-orm';
import type { Setting } from '../../lib/policy/setting';
import { type SettingName, settingNames, settings } from '../../lib/policy/settings';

/** The registry's rules as conditions over a jsonb policy body, so that no writer can store a value no owner may set. */
export type BodyRule = { readonly name: string; readonly condition: string };

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const member = (name: string) => `body -> ${quoted(name)}`;
const text = (name: string) => `(body ->> ${quoted(name)})`;

/** `then` is asked only of a value of that JSON type, because Postgres may evaluate the sides of `and` in any order. */
const when = (name: string, type: string, then: string) =>
  `case jsonb_typeof(${member(name)}) when '${type}' then ${then} else false end`;

const whole = (name: string, min: number, max: number) =>
  when(name, 'number', `${text(name)}::numeric between ${min} and ${max} and ${text(name)}::numeric % 1 = 0`);

const among = (name: string, values: readonly (number | boolean | null)[]) =>
  `coalesce(${member(name)} in (${values.map((value) => `'${String(value)}'::jsonb`).join(', ')}), false)`;

const isOff = (name: string) => `coalesce(${member(name)} = 'null'::jsonb, false)`;

function addresses(name: string, maxEntries: number): string {
  const entries = `(${member(name)} -> 'entries')`;
  const mode = `(${member(name)} ->> 'mode')`;
  return when(
    name,
    'object',
    `coalesce(${mode} in ('off', 'monitor', 'enforce'), false) and case jsonb_typeof(${entries}) when 'array'
      then jsonb_array_length(${entries}) <= ${maxEntries} and (${mode} = 'off' or jsonb_array_length(${entries}) > 0) else false end`,
  );
}

function condition(name: SettingName, setting: Setting): string {
  switch (setting.kind) {
    case 'toggle':
      return among(name, [true, false]);
    case 'integer':
      return whole(name, setting.min, setting.max);
    case 'limit':
      return `${isOff(name)} or ${whole(name, setting.min, setting.max)}`;
    case 'choice':
      return among(name, [null, ...setting.options]);
    case 'level':
      return among(name, Object.keys(setting.options).map(Number));
    case 'fixed':
      return among(name, [setting.default]);
    case 'addresses':
      return addresses(name, setting.maxEntries);
  }
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const number = (name: SettingName) =>
  `case jsonb_typeof(${member(name)}) when 'number' then ${text(name)}::numeric end`;

/** What two settings of one body owe each other; a setting that is off owes nothing. */
const crossRules: readonly BodyRule[] = [
  {
    name: 'length_order',
    condition: `${number('passwordLengthMin')} <= ${number('passwordLengthMax')}`,
  },
  {
    name: 'idle_below_overall',
    condition: `coalesce(${number('webSessionIdleMinutes')} < ${number('webSessionHours')} * 60, true)`,
  },
  {
    name: 'age_below_expiration',
    condition: `coalesce(${number('passwordMinimumAgeHours')} < ${number('passwordExpirationDays')} * 24, true)`,
  },
];

/** One rule per setting of the registry, the rules between settings, and nothing besides the registry's keys. */
export const bodyRules: readonly BodyRule[] = [
  ...settingNames.map((name) => ({ name: snake(name), condition: condition(name, settings[name]) })),
  ...crossRules,
  {
    name: 'known_keys',
    condition: `body - array[${settingNames.map(quoted).join(', ')}] = '{}'::jsonb`,
  },
];

export const bodyCondition = (rule: BodyRule): SQL => sql.raw(rule.condition);
