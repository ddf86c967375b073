import { settings } from './settings';

/** A submitted form as plain values: one text a field, a list where a field was sent several times. */
export type FormInput = Readonly<Record<string, string | readonly string[]>>;

/** Names whose values are never given back to the browser. */
const secretName = /password|code|token|secret|pin/i;

/** A setting such as `passwordLengthMin` is about a secret and holds none. */
export const isSecretName = (name: string): boolean => secretName.test(name) && !(name in settings);

/**
 * Reads submitted entries. Fields of the framework (`$ACTION_…`) and files are left out: a file is read by the
 * action that asks for one. A field may bear any name, so the language's own (`constructor`) are found in no object.
 */
export function readForm(entries: Iterable<readonly [string, unknown]>): FormInput {
  const input = new Map<string, string[]>();
  for (const [name, value] of entries) {
    if (name.startsWith('$ACTION') || name === '__proto__' || typeof value !== 'string') continue;
    const earlier = input.get(name);
    if (earlier === undefined) input.set(name, [value]);
    else earlier.push(value);
  }
  return Object.fromEntries(
    [...input].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );
}

/** What may be shown again after a refusal: everything typed but secrets. */
export function typedValues(input: FormInput): Readonly<Record<string, string>> {
  const shown = Object.entries(input).filter(([name]) => !isSecretName(name));
  return Object.fromEntries(
    shown.map(([name, value]) => [name, typeof value === 'string' ? value : value.join('\n')]),
  );
}

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

/** The first message of each field, in the order of the form. An issue of the whole form stands under `form`. */
export function fieldErrors(issues: readonly Issue[]): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  for (const issue of issues) {
    const name = issue.path.map(String).join('.') || 'form';
    errors[name] ??= issue.message;
  }
  return errors;
}

/**
 * Names of fields that hold what no text column can keep: U+0000 or half a surrogate pair. Secrets are left
 * out, because the rules for passwords have their own words for it and a wrong code is simply wrong.
 */
export function unstorableFields(input: FormInput): readonly string[] {
  return Object.entries(input)
    .filter(
      ([name, value]) =>
        !isSecretName(name) && [value].flat().some((text) => text.includes('\0') || !text.isWellFormed()),
    )
    .map(([name]) => name);
}

/** The summary above a refused form: how many things to mend. */
export function summaryOf(errors: Readonly<Record<string, string>>): string {
  const count = Object.keys(errors).length;
  return count === 1 ? 'There is one thing to mend.' : `There are ${count} things to mend.`;
}
