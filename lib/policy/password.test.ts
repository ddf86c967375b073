import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { effectivePolicy, unboundPolicy } from './effective';
import {
  checkPassword,
  containedNames,
  formerPasswordsCompared,
  normalizePassword,
  type PasswordFacts,
  passwordLength,
  passwordMalformation,
  type RuleTuple,
  ruleTuple,
  tupleAtLeastAsStrict,
  unmetRules,
} from './password';
import { passwordIssueText, passwordRuleText } from './password-text';
import type { LayerValues } from './policy';
import { layerOf } from './policy-arbitraries';

const none: PasswordFacts = {
  names: { person: null, login: null, organizations: [] },
  sameAsCurrent: false,
  reused: false,
  breached: false,
  common: false,
};
const policy = (values: LayerValues) => effectivePolicy([layerOf('d', values)]).values;
const codes = (values: LayerValues, candidate: string, facts: Partial<PasswordFacts> = {}) =>
  checkPassword(policy(values), candidate, { ...none, ...facts }).map((issue) => issue.code);
const strict: LayerValues = {
  passwordLengthMin: 12,
  passwordLengthMax: 24,
  passwordUppercase: true,
  passwordLowercase: true,
  passwordNumber: true,
  passwordSymbol: true,
  passwordSpecialCharacters: '!@#$%^&*',
};

describe('checkPassword', () => {
  test('names every unmet rule at once, with its numbers', () => {
    expect(checkPassword(policy(strict), 'ß', none)).toEqual([
      { code: 'too_short', minimum: 12 },
      { code: 'uppercase_missing' },
      { code: 'lowercase_missing' },
      { code: 'number_missing' },
      { code: 'symbol_missing' },
      { code: 'special_missing', characters: '!@#$%^&*' },
    ]);
    expect(codes(strict, 'Correct-horse-9!')).toEqual([]);
  });

  test('counts code points after NFC', () => {
    const exact: LayerValues = { passwordLengthMin: 10, passwordLengthMax: 10 };
    expect(codes(exact, '😀'.repeat(10))).toEqual([]);
    expect(codes(exact, 'e\u0301'.repeat(10))).toEqual([]);
    expect(codes(exact, '😀'.repeat(9))).toEqual(['too_short']);
    expect(codes(exact, '😀'.repeat(11))).toEqual(['too_long']);
    expect(passwordLength('e\u0301')).toBe(1);
    expect(normalizePassword(' A\u030A ')).toBe(' Å ');
  });

  test('classes are A–Z, a–z and 0–9; a non-alphanumeric is neither letter nor digit in any script', () => {
    const only = (name: keyof LayerValues, text: string) =>
      codes({ passwordLengthMin: 6, [name]: true }, text);
    expect(only('passwordUppercase', 'äöüÄÖÜ')).toEqual(['uppercase_missing']);
    expect(only('passwordLowercase', 'ABCDEß')).toEqual(['lowercase_missing']);
    expect(only('passwordNumber', '١٢٣٤٥٦')).toEqual(['number_missing']);
    expect(only('passwordSymbol', 'äß١٢字я')).toEqual(['symbol_missing']);
    expect(only('passwordSymbol', 'abc de')).toEqual([]);
    expect(only('passwordSymbol', 'abcde😀')).toEqual([]);
  });

  test('a programme character and a domain character are two rules', () => {
    const both: LayerValues = { passwordSymbol: true, passwordSpecialCharacters: '!@#$%^&*' };
    expect(codes(both, 'abcdefg-')).toEqual(['special_missing']);
    expect(codes(both, 'abcdefg!')).toEqual([]);
  });

  test('refuses what cannot be hashed alike, each with its own message and before anything else', () => {
    expect(codes(strict, '\u0000')).toEqual(['null_character']);
    expect(codes(strict, 'a\ud800b')).toEqual(['malformed']);
    expect(codes(strict, 'x'.repeat(1001))).toEqual(['too_long_to_submit']);
    expect(codes({}, '😀'.repeat(1000))).toEqual([]);
    expect(passwordMalformation('😀')).toBeNull();
  });

  test('knows the names that belong to the person', () => {
    const names = { person: 'Ana Marlow', login: 'quill7@northwind.example', organizations: ['North Wind'] };
    const kinds = (text: string) => containedNames(text, names);
    expect(kinds('xxANA marlowxx')).toEqual(['person']);
    expect(kinds('12-marlow-34')).toEqual(['person']);
    expect(kinds('banana-banana')).toEqual([]);
    expect(kinds('QUILL7-2026')).toEqual(['login']);
    expect(kinds('northwind!')).toEqual(['organization']);
    expect(containedNames('al-and-co', { person: 'Al', login: 'a@b.example', organizations: [] })).toEqual(
      [],
    );
  });

  test('says one thing about the same, a former, a breached and a common password', () => {
    expect(codes({}, 'long enough', { sameAsCurrent: true, reused: true })).toEqual(['same_as_current']);
    expect(codes({ passwordReuse: 5 }, 'long enough', { reused: true })).toEqual(['reused']);
    expect(codes({}, 'long enough', { reused: true })).toEqual([]);
    expect(codes({}, 'long enough', { breached: true, common: true })).toEqual(['breached']);
    expect(codes({ breachedCheck: false }, 'long enough', { breached: true, common: true })).toEqual([]);
    expect(formerPasswordsCompared(policy({ passwordReuse: 5 }))).toBe(4);
    expect(formerPasswordsCompared(policy({ passwordReuse: 5 }), true)).toBe(5);
    expect(formerPasswordsCompared(unboundPolicy.values, true)).toBe(0);
  });

  test('has words for each rule and each fault', () => {
    for (const issue of checkPassword(policy(strict), '', none)) {
      expect(passwordIssueText(issue)).toMatch(/^Your password .*\.$/);
      expect(passwordRuleText(issue)).not.toMatch(/\.$/);
    }
  });
});

describe('the rule tuple', () => {
  const rarely = fc.integer({ min: 0, max: 4 }).map((drawn) => drawn === 0);
  const tuple: fc.Arbitrary<RuleTuple> = fc.record({
    lengthMin: fc.integer({ min: 0, max: 4 }),
    lengthMax: fc.integer({ min: 7, max: 9 }),
    uppercase: rarely,
    lowercase: rarely,
    number: rarely,
    symbol: rarely,
    special: fc.subarray(['!', '!?', '-'], { maxLength: 1 }),
    breachedCheck: fc.constant(true),
  });
  const text = fc.string({
    unit: fc.constantFrom('a', 'B', '1', '!', '?', '-', ' '),
    minLength: 3,
    maxLength: 9,
  });

  test('a password that met an at least as strict tuple meets the other', () => {
    let compared = 0;
    fc.assert(
      fc.property(tuple, tuple, text, (validated, required, password) => {
        if (!tupleAtLeastAsStrict(validated, required) || unmetRules(validated, password).length > 0) return;
        compared += 1;
        expect(unmetRules(required, password)).toEqual([]);
      }),
      { numRuns: 5000 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  test('is at least as strict as itself, and not where one rule was tightened', () => {
    fc.assert(fc.property(tuple, (own) => tupleAtLeastAsStrict(own, own)));
    const base = ruleTuple(unboundPolicy.values);
    for (const tighter of [{ lengthMin: 9 }, { lengthMax: 64 }, { number: true }, { special: ['!'] }]) {
      expect(tupleAtLeastAsStrict(base, { ...base, ...tighter })).toBe(false);
    }
  });
});
