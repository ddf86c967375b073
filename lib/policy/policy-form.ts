import type { FormInput } from './form-input';
import { mapSettings } from './policy';
import type { Setting } from './setting';
import type { SettingName } from './settings';

/** A network as its row of fields holds it; `at` is the number in the fields' names. */
export type TypedEntry = {
  readonly at: number;
  readonly cidr: string;
  readonly label: string;
  readonly expires: string;
};

/** The name of one field of an address list's row. */
export const entryField = (list: SettingName, at: number, part: 'cidr' | 'label' | 'expiresAt'): string =>
  `${list}.entries.${at}.${part}`;

export const modeField = (list: SettingName): string => `${list}.mode`;

/** "2026-03-18T14:00" in UTC, as `datetime-local` sends it. */
const momentShape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;

const oneText = (value: FormInput[string] | undefined): string =>
  (typeof value === 'string' ? value : (value?.at(-1) ?? '')).trim();

/** The rows that hold a network, in their order; rows left empty do not count. */
export function typedEntries(form: FormInput, list: SettingName): readonly TypedEntry[] {
  const shape = new RegExp(`^${list}\\.entries\\.(\\d{1,4})\\.cidr$`);
  const rows = Object.keys(form).flatMap((name) => {
    const at = shape.exec(name)?.[1];
    return at === undefined ? [] : [Number(at)];
  });
  return rows
    .sort((a, b) => a - b)
    .map((at) => ({
      at,
      cidr: oneText(form[entryField(list, at, 'cidr')]),
      label: oneText(form[entryField(list, at, 'label')]),
      expires: oneText(form[entryField(list, at, 'expiresAt')]),
    }))
    .filter((row) => row.cidr !== '' || row.label !== '');
}

/** The form with one more network in its list, unless it is there already. */
export function withEntry(form: FormInput, cidr: string | null): FormInput {
  const rows = typedEntries(form, 'allowList');
  if (cidr === null || rows.some((row) => row.cidr === cidr)) return form;
  const at = Math.max(-1, ...rows.map((row) => row.at)) + 1;
  return {
    ...form,
    [entryField('allowList', at, 'cidr')]: cidr,
    [entryField('allowList', at, 'label')]: 'Added by an owner from this address',
  };
}

type ReadMoment = (text: string) => number;

function addresses(form: FormInput, name: SettingName, readMoment: ReadMoment) {
  const entries = typedEntries(form, name).map((row) => ({
    cidr: row.cidr,
    label: row.label,
    expiresAt:
      row.expires === '' ? null : momentShape.test(row.expires) ? readMoment(row.expires) : row.expires,
  }));
  return { mode: oneText(form[modeField(name)]) || 'off', entries };
}

const wholeOrText = (text: string): number | string => (/^-?\d{1,9}$/.test(text) ? Number(text) : text);

function typedValue(setting: Setting, name: SettingName, form: FormInput): unknown {
  const text = oneText(form[name]);
  switch (setting.kind) {
    case 'toggle':
      return text === '' ? false : text === 'on' ? true : text;
    case 'integer':
    case 'level':
      return wholeOrText(text);
    case 'limit':
    case 'choice':
      return text === '' ? null : wholeOrText(text);
    case 'fixed':
      return text === '' ? setting.default : wholeOrText(text);
    case 'addresses':
      return undefined;
  }
}

/** What a submitted form says, as values for `policySchema` to judge. `readMoment` turns UTC text into an instant. */
export const policyOfForm = (form: FormInput, readMoment: ReadMoment): Record<SettingName, unknown> =>
  mapSettings<unknown>((setting, name) =>
    setting.kind === 'addresses' ? addresses(form, name, readMoment) : typedValue(setting, name, form),
  );

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

/** The first message of each field of the form; an entry's own row is found again although empty rows were left out. */
export function policyFieldErrors(
  form: FormInput,
  issues: readonly Issue[],
): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  for (const { path, message } of issues) {
    const [name, part, index, field] = path;
    if (part === undefined) errors[String(name)] ??= message;
    else if (index === undefined) errors[modeField('allowList')] ??= message;
    else {
      const row = typedEntries(form, 'allowList')[Number(index)];
      const key = entryField(
        'allowList',
        row?.at ?? 0,
        field === 'label' || field === 'expiresAt' ? field : 'cidr',
      );
      errors[key] ??= message;
    }
  }
  return errors;
}
