import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressFaultText, parseContactEmail, parseLoginEmail } from './address';

const contactCodes = (typed: string) => {
  const parsed = parseContactEmail(typed);
  return parsed.ok ? [] : parsed.error.map((fault) => fault.code);
};
const loginCodes = (typed: string) => {
  const parsed = parseLoginEmail(typed);
  return parsed.ok ? [] : parsed.error.map((fault) => fault.code);
};

describe('a contact email', () => {
  test.each<[string, string[]]>([
    ['User+tag.one-two_3@Example.com', []],
    ['User+@example.com', ['ending_symbol']],
    ['User++1@example.com', ['consecutive_symbols']],
    ['user.-1@example.com', ['consecutive_symbols']],
    ['.user@example.com', ['leading_symbol']],
    ['+user@example.com', ['leading_symbol']],
    ["o'neil@example.com", ['illegal_character']],
    ['"a b"@example.com', ['illegal_character']],
    ['Ana <ana@example.com>', ['illegal_character', 'domain_illegal']],
    ['a,b@example.com', ['illegal_character']],
    ['a@b@example.com', ['illegal_character']],
    ['ana＠example.com', ['at_lookalike']],
    ['ana﹫example.com', ['at_lookalike']],
    ['müller@example.com', ['illegal_character']],
    [`${'a'.repeat(65)}@example.com`, ['local_too_long']],
    ['@example.com', ['local_missing']],
    ['ana', ['at_missing']],
    ['ana@', ['domain_missing']],
    ['ana@localhost', ['domain_single_label']],
    ['ana@127.0.0.1', ['domain_ip_literal']],
    ['ana@[::1]', ['domain_ip_literal']],
    ['ana@0x7f.1', ['domain_ip_literal']],
    ['ana@exa_mple.com', ['domain_illegal']],
    ['ana@-example.com', ['domain_illegal']],
    ['ana@example..com', ['domain_illegal']],
    ['ana@example.com/x', ['domain_illegal']],
    ['ana@example.com:25', ['domain_illegal']],
    ['ana@example%2ecom', ['domain_illegal']],
    ['ana@раypal.com', ['domain_mixed_scripts']],
    ['ana@xn--ypal-43d9g.com', ['domain_mixed_scripts']],
    ['ana@日本語カナ.jp', []],
    ['ana@bücher.example', []],
    [`ana@${'a.'.repeat(130)}com`, ['domain_too_long']],
    ['.a++@x', ['leading_symbol', 'ending_symbol', 'consecutive_symbols', 'domain_single_label']],
  ])('%s: %j', (typed, expected) => {
    expect(contactCodes(typed)).toEqual(expected);
  });

  test('is kept in one form', () => {
    const parsed = parseContactEmail('  User+Tag@BÜCHER.Example. ');
    expect(parsed.ok && parsed.value.email).toBe('user+tag@xn--bcher-kva.example');
  });

  test('every fault has words', () => {
    for (const typed of ['a', '@', '.a..b.@x', 'ü@1.1', 'a@раypal.com', 'a＠b', ' "@[', 'a@x_y.de']) {
      const parsed = parseContactEmail(typed);
      for (const fault of parsed.ok ? [] : parsed.error) expect(addressFaultText(fault)).toMatch(/\.$/);
    }
  });
});

describe('a login email', () => {
  test('takes the part after the last @ as its domain', () => {
    const parsed = parseLoginEmail("O'Neil@Example.COM");
    expect(parsed).toEqual({
      ok: true,
      value: { email: "o'neil@example.com", local: "o'neil", domain: 'example.com' },
    });
    expect(loginCodes('a@example.com@evil.io')).toEqual(['illegal_character']);
  });
  test.each([
    '"a"@example.com',
    'a b@example.com',
    'a@ｅxample.com\u0000',
    '.a@example.com',
    'a..b@example.com',
    'Ана@example.com',
  ])('refuses %j', (typed) => expect(loginCodes(typed)).not.toEqual([]));
  test('never answers with anything but one local part, one @ and one LDH domain', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.emailAddress(),
          fc.string({ unit: 'grapheme' }).map((s) => `a${s}@${s}.com`),
        ),
        (typed) => {
          const parsed = parseLoginEmail(typed);
          if (parsed.ok)
            expect(parsed.value.email).toMatch(/^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
