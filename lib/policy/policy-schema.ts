import * as z from 'zod';
import { formatCidr, parseCidr } from './cidr';
import { cidrFaultText } from './cidr-text';
import { type LayerValues, mapSettings, type Policy, type ProgrammeControls } from './policy';
import type { Setting } from './setting';

const whole = (setting: Setting, min: number, max: number) => {
  const text = `${setting.label} must be a whole number from ${min} to ${max}.`;
  return z.int({ error: text }).min(min, { error: text }).max(max, { error: text });
};

const oneOf = (setting: Setting, options: readonly number[]) =>
  z.literal([...options], { error: `${setting.label} must be one of ${options.join(', ')}.` });

/** No later moment can be written in four digits of a year, which is what fields and columns take. */
const lastInstant = 253_402_300_799_999;

/** A moment as it is typed or imported. */
export const instantSchema = (text: string) =>
  z.int({ error: text }).min(0, { error: text }).max(lastInstant, { error: text });

/** Controls, separators of lines, marks that turn the direction of writing, and halves of characters. */
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

const labelSchema = z
  .string({ error: 'A label is a text.' })
  .trim()
  .max(60, { error: 'A label has at most 60 characters.' })
  .refine((label) => !unprintable.test(label), {
    error: 'This label holds characters that cannot be shown. Type it again.',
  });

const entrySchema = z.strictObject({
  cidr: z.string({ error: 'Enter a network.' }).transform((text, context) => {
    const network = parseCidr(text);
    if (network.ok) return formatCidr(network.value);
    context.addIssue({ code: 'custom', message: cidrFaultText(text, network.error) });
    return z.NEVER;
  }),
  label: labelSchema.default(''),
  expiresAt: instantSchema('Enter a date and time up to the year 9999.').nullable().default(null),
});

const allowListSchema = (setting: Setting & { kind: 'addresses' }) =>
  z
    .strictObject({
      mode: z.enum(['off', 'monitor', 'enforce'], { error: 'Choose off, monitor or enforce.' }),
      entries: z.array(entrySchema).max(setting.maxEntries, {
        error: `${setting.label} holds at most ${setting.maxEntries} entries.`,
      }),
    })
    .refine((list) => list.mode === 'off' || list.entries.length > 0, {
      path: ['entries'],
      error: 'An empty list would shut everybody out. Add a network before switching it on.',
    });

/** The schema of one setting's value, as an owner may set it. */
export function valueSchema(setting: Setting): z.ZodType {
  switch (setting.kind) {
    case 'toggle':
      return z.boolean({ error: `${setting.label} is either on or off.` });
    case 'integer':
      return whole(setting, setting.min, setting.max);
    case 'limit':
      return whole(setting, setting.min, setting.max).nullable();
    case 'choice':
      return oneOf(setting, setting.options).nullable();
    case 'level':
      return oneOf(setting, Object.keys(setting.options).map(Number));
    case 'fixed':
      return z.literal(setting.default, { error: `${setting.label} is always ${setting.default}.` });
    case 'addresses':
      return allowListSchema(setting);
  }
}

/** A programme item is free in the numbers that an owner picks from a list. */
function programmeSchema(setting: Setting): z.ZodType {
  return setting.kind === 'choice'
    ? whole(setting, 1, setting.programmeMax).nullable()
    : valueSchema(setting);
}

type CrossRule = {
  readonly path: readonly [keyof Policy];
  readonly error: string;
  readonly holds: (policy: Policy) => boolean;
};

/** Rules between settings of one saved policy, each told at the field that mends it. */
export const crossRules: readonly CrossRule[] = [
  {
    path: ['passwordLengthMax'],
    error: 'The maximum password length must not be below the minimum.',
    holds: (policy) => policy.passwordLengthMin <= policy.passwordLengthMax,
  },
  {
    path: ['webSessionIdleMinutes'],
    error: 'The idle timeout must be shorter than the web session timeout.',
    holds: (policy) =>
      policy.webSessionIdleMinutes === null || policy.webSessionIdleMinutes < policy.webSessionHours * 60,
  },
  {
    path: ['passwordMinimumAgeHours'],
    error: 'The minimum password age must be shorter than the expiration.',
    holds: (policy) =>
      policy.passwordExpirationDays === null ||
      policy.passwordMinimumAgeHours < policy.passwordExpirationDays * 24,
  },
];

const crossChecked = (schema: z.ZodType): z.ZodType =>
  crossRules.reduce(
    (checked, rule) =>
      checked.refine((policy) => rule.holds(policy as Policy), { path: [...rule.path], error: rule.error }),
    schema,
  );

/** Names somebody sent, cut short, as a text shows them. */
export const quoted = (names: unknown): string =>
  (Array.isArray(names) ? names : [])
    .slice(0, 3)
    .map((name) => `“${String(name).slice(0, 40)}”`)
    .join(', ');

/** Parses a whole policy: an owner's form, an import and a stored row pass the same gate. */
export const policySchema = crossChecked(
  z.strictObject(mapSettings(valueSchema), {
    error: ({ code, keys }) =>
      code === 'unrecognized_keys'
        ? `There is no setting called ${quoted(keys)}.`
        : 'A policy is a list of settings with their values.',
  }),
) as z.ZodType<Policy>;

const programmeControls: Record<keyof ProgrammeControls, z.ZodType> = {
  passwordSpecialCharacters: z
    .string()
    .regex(/^[!-/:-@[-`{-~]{1,32}$/, { error: 'List up to 32 punctuation characters.' }),
  contactEmailRequired: z.boolean(),
};

/** Parses what a programme item sets: any part of a policy, free numbers, and the programme's own controls. */
export const programmeValuesSchema = z
  .strictObject({ ...mapSettings(programmeSchema), ...programmeControls })
  .partial() as z.ZodType<LayerValues>;

/** What is saved with a version beside its values. */
export const versionTermsSchema = z.strictObject({
  tightening: z.discriminatedUnion('applies', [
    z.strictObject({ applies: z.literal('next_sign_in') }),
    z.strictObject({ applies: z.literal('next_change') }),
    z.strictObject({ applies: z.literal('by_date'), date: instantSchema('Enter a date.') }),
  ]),
  expirationSpreadDays: z
    .int({ error: 'Spread first expiries over 0 to 30 days.' })
    .min(0, { error: 'Spread first expiries over 0 to 30 days.' })
    .max(30, { error: 'Spread first expiries over 0 to 30 days.' }),
});
