import type { EffectiveValues } from './effective';

/** The part of the effective policy that a password itself must meet, as kept with a validated password. */
export type RuleTuple = {
  readonly lengthMin: number;
  readonly lengthMax: number;
  readonly uppercase: boolean;
  readonly lowercase: boolean;
  readonly number: boolean;
  readonly symbol: boolean;
  /** One character of each of these sets. */
  readonly special: readonly string[];
  readonly breachedCheck: boolean;
};

/** More characters than this are refused before anything looks at them. */
export const submittedLengthMax = 1000;

/** The base value is what may be submitted at all, which is no maximum worth showing. */
const hasMaximum = (tuple: RuleTuple): boolean => tuple.lengthMax < submittedLengthMax;

/** A rule that a password does not meet, with the numbers its text needs. */
export type PasswordIssue =
  | { readonly code: 'too_long_to_submit'; readonly maximum: number }
  | { readonly code: 'null_character' }
  | { readonly code: 'malformed' }
  | { readonly code: 'too_short'; readonly minimum: number }
  | { readonly code: 'too_long'; readonly maximum: number }
  | { readonly code: 'uppercase_missing' }
  | { readonly code: 'lowercase_missing' }
  | { readonly code: 'number_missing' }
  | { readonly code: 'symbol_missing' }
  | { readonly code: 'special_missing'; readonly characters: string }
  | { readonly code: 'contains_name'; readonly name: NameKind }
  | { readonly code: 'same_as_current' }
  | { readonly code: 'reused'; readonly last: number }
  | { readonly code: 'breached' }
  | { readonly code: 'common' };

export type NameKind = 'person' | 'login' | 'organization';

/** Names a password may not be or contain. */
export type PasswordNames = {
  readonly person: string | null;
  /** The login email. */
  readonly login: string | null;
  readonly organizations: readonly string[];
};

/** What only the shell can know about a candidate. */
export type PasswordFacts = {
  readonly names: PasswordNames;
  readonly sameAsCurrent: boolean;
  /** Among the last N passwords of `passwordReuse`; see `formerPasswordsCompared`. */
  readonly reused: boolean;
  readonly breached: boolean;
  readonly common: boolean;
};

/** What the policy of an account asks of a password; also the value to keep once it met it. */
export const ruleTuple = (values: EffectiveValues): RuleTuple => ({
  lengthMin: values.passwordLengthMin,
  lengthMax: values.passwordLengthMax,
  uppercase: values.passwordUppercase,
  lowercase: values.passwordLowercase,
  number: values.passwordNumber,
  symbol: values.passwordSymbol,
  special: values.passwordSpecialCharacters,
  breachedCheck: values.breachedCheck,
});

/** The form that is measured and hashed: NFC, nothing trimmed, cut or case-folded. */
export const normalizePassword = (candidate: string): string => candidate.normalize('NFC');

/** Length in Unicode code points of the NFC form. */
export const passwordLength = (candidate: string): number => [...normalizePassword(candidate)].length;

/** A line of the live checklist: what would be wrong, and whether a candidate meets it. */
export type PasswordRule = {
  readonly issue: PasswordIssue;
  /** Gets the NFC form. */
  readonly holds: (password: string) => boolean;
};

const hasOneOf = (characters: string) => (password: string) =>
  [...characters].some((character) => password.includes(character));

/** The rules that can be told from the characters alone, in the order they are shown. */
export function passwordRules(tuple: RuleTuple): readonly PasswordRule[] {
  const rules: PasswordRule[] = [
    {
      issue: { code: 'too_short', minimum: tuple.lengthMin },
      holds: (password) => [...password].length >= tuple.lengthMin,
    },
  ];
  const add = (wanted: boolean, issue: PasswordIssue, holds: PasswordRule['holds']): void => {
    if (wanted) rules.push({ issue, holds });
  };
  add(hasMaximum(tuple), { code: 'too_long', maximum: tuple.lengthMax }, (password) => {
    return [...password].length <= tuple.lengthMax;
  });
  add(tuple.uppercase, { code: 'uppercase_missing' }, (password) => /[A-Z]/.test(password));
  add(tuple.lowercase, { code: 'lowercase_missing' }, (password) => /[a-z]/.test(password));
  add(tuple.number, { code: 'number_missing' }, (password) => /[0-9]/.test(password));
  add(tuple.symbol, { code: 'symbol_missing' }, (password) => /[^\p{L}\p{M}\p{N}]/u.test(password));
  for (const characters of tuple.special) {
    add(true, { code: 'special_missing', characters }, hasOneOf(characters));
  }
  return rules;
}

/** Names are compared without case, spaces and compatibility forms. */
const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '');

const wordLengthMin = 4;
const nameLengthMin = 3;

/** What counts as somebody's name inside a password: the whole of it, and a person's longer words. */
function namesOf(names: PasswordNames): readonly (readonly [NameKind, string])[] {
  const person = names.person ?? '';
  const words = person.split(/[\s\-.,]+/u).filter((word) => [...word].length >= wordLengthMin);
  const login = names.login ?? '';
  const at = login.lastIndexOf('@');
  const found: (readonly [NameKind, string])[] = [
    ...[person, ...words].map((word) => ['person', word] as const),
    ['login', at < 0 ? login : login.slice(0, at)],
    ...names.organizations.map((name) => ['organization', name] as const),
  ];
  return found
    .map(([kind, name]) => [kind, folded(name)] as const)
    .filter(([, name]) => [...name].length >= nameLengthMin);
}

/** Which kinds of name a password is or contains, each once. Names under three characters are let be. */
export function containedNames(password: string, names: PasswordNames): readonly NameKind[] {
  const text = folded(password);
  const kinds = namesOf(names)
    .filter(([, name]) => text.includes(name))
    .map(([kind]) => kind);
  return [...new Set(kinds)];
}

/**
 * What makes a submitted text unfit to be hashed or verified at all, or null. The server asks this before any
 * work; with such a fault nothing else is looked at.
 */
export function passwordMalformation(candidate: string): PasswordIssue | null {
  const tooLong = candidate.length > submittedLengthMax && [...candidate].length > submittedLengthMax;
  if (tooLong) return { code: 'too_long_to_submit', maximum: submittedLengthMax };
  if (candidate.includes('\u0000')) return { code: 'null_character' };
  if (/\p{Cs}/u.test(candidate)) return { code: 'malformed' };
  return null;
}

/** Every rule of the tuple that a well-formed password does not meet. */
export const unmetRules = (tuple: RuleTuple, password: string): readonly PasswordIssue[] =>
  passwordRules(tuple)
    .filter((rule) => !rule.holds(password))
    .map((rule) => rule.issue);

/**
 * Checks a new password against the effective policy and returns all that is wrong, the rules first; empty when
 * it may be set. The browser's checklist runs `passwordRules` of the same tuple.
 */
export function checkPassword(
  policy: EffectiveValues,
  candidate: string,
  facts: PasswordFacts,
): readonly PasswordIssue[] {
  const fault = passwordMalformation(candidate);
  if (fault !== null) return [fault];
  const password = normalizePassword(candidate);
  const issues: PasswordIssue[] = [...unmetRules(ruleTuple(policy), password)];
  for (const name of containedNames(password, facts.names)) issues.push({ code: 'contains_name', name });
  if (facts.sameAsCurrent) issues.push({ code: 'same_as_current' });
  else if (facts.reused && policy.passwordReuse !== null) {
    issues.push({ code: 'reused', last: policy.passwordReuse });
  }
  if (policy.breachedCheck && facts.breached) issues.push({ code: 'breached' });
  else if (policy.breachedCheck && facts.common) issues.push({ code: 'common' });
  return issues;
}

/** How many former passwords are always kept beside the current one, so that a raised number reaches back. */
export const formerPasswordsKept = 10;

/**
 * How many former ones a new password is compared with: the last N are the current and N − 1 former. A temporary one does
 * not count, so where the current is one, N former do.
 */
export const formerPasswordsCompared = (values: EffectiveValues, isCurrentTemporary = false): number =>
  values.passwordReuse === null ? 0 : values.passwordReuse - (isCurrentTemporary ? 0 : 1);

/**
 * Whether a password that met `validated` surely meets `required`: each single rule is at least as strict.
 * A set of special characters is covered by a smaller one, and any of them covers "neither letter nor digit".
 */
export function tupleAtLeastAsStrict(validated: RuleTuple, required: RuleTuple): boolean {
  const covers = (set: string): boolean =>
    validated.special.some((own) => [...own].every((character) => set.includes(character)));
  return (
    validated.lengthMin >= required.lengthMin &&
    validated.lengthMax <= required.lengthMax &&
    (validated.uppercase || !required.uppercase) &&
    (validated.lowercase || !required.lowercase) &&
    (validated.number || !required.number) &&
    (validated.symbol || validated.special.length > 0 || !required.symbol) &&
    required.special.every(covers) &&
    (validated.breachedCheck || !required.breachedCheck)
  );
}
