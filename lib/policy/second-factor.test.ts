import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type FactorFacts,
  factorStrength,
  maskEmail,
  maskNumber,
  mayRemoveFactor,
  offeredMethods,
  proofStrength,
  secondFactorStanding,
} from './second-factor';
import { hours } from './time';
import {
  backupAlphabet,
  backupCodeFrom,
  formatBackupCode,
  normalizeBackupCode,
  normalizeCode,
  normalizeHandOverPin,
} from './typed-code';

const nothing: FactorFacts = {
  bound: [],
  contactEmailVerified: true,
  emailCodeSwitchedOn: false,
  backupCodesLeft: 0,
  preferred: null,
  passwordResetAt: null,
  frozenUntil: null,
};

describe('the email code', () => {
  test('is bound by choice, or by a rule of strength 1 where nothing stronger is', () => {
    const bound = (facts: Partial<FactorFacts>, required: number) =>
      secondFactorStanding({ ...nothing, ...facts }, required).bound;
    expect(bound({}, 0)).toBe(false);
    expect(bound({}, 1)).toBe(true);
    expect(bound({}, 2)).toBe(false);
    expect(bound({ emailCodeSwitchedOn: true }, 0)).toBe(true);
    expect(bound({ emailCodeSwitchedOn: true, contactEmailVerified: false }, 1)).toBe(false);
  });
  test('beside a stronger factor is offered by choice only, and rests a day after a reset', () => {
    const strong: FactorFacts = { ...nothing, bound: ['totp'], passwordResetAt: 0 };
    const chosen = { ...strong, emailCodeSwitchedOn: true };
    expect(offeredMethods(strong, 1, hours(99))).toEqual(['totp']);
    expect(offeredMethods(chosen, 0, hours(24) - 1)).toEqual(['totp']);
    expect(offeredMethods(chosen, 0, hours(24))).toEqual(['totp', 'email']);
    expect(offeredMethods({ ...chosen, frozenUntil: hours(72) }, 0, hours(72) - 1)).toEqual(['totp']);
  });
});

describe('a sign-in offers', () => {
  const all: FactorFacts = { ...nothing, bound: ['sms', 'totp', 'passkey'], backupCodesLeft: 4 };
  test('the preferred method, then the strongest, backup codes last', () => {
    expect(offeredMethods(all, 0, 0)).toEqual(['passkey', 'totp', 'sms', 'backup']);
    expect(offeredMethods({ ...all, preferred: 'sms' }, 0, 0)).toEqual(['sms', 'passkey', 'totp', 'backup']);
  });
  test('only what reaches the required strength, or all that is bound where nothing does', () => {
    expect(offeredMethods({ ...all, preferred: 'sms' }, 3, 0)).toEqual(['passkey', 'totp', 'backup']);
    expect(offeredMethods({ ...nothing, bound: ['sms'] }, 4, 0)).toEqual(['sms']);
  });
  test('something whenever something is bound', () => {
    const any = fc.record({
      bound: fc.subarray(['sms', 'totp', 'passkey'] as const),
      contactEmailVerified: fc.boolean(),
      emailCodeSwitchedOn: fc.boolean(),
      backupCodesLeft: fc.nat(10),
      preferred: fc.option(fc.constantFrom('email', 'sms', 'totp', 'passkey' as const)),
      passwordResetAt: fc.option(fc.constant(0)),
      frozenUntil: fc.option(fc.constant(0)),
    });
    fc.assert(
      fc.property(any, fc.integer({ min: 0, max: 4 }), (facts, required) => {
        const { bound } = secondFactorStanding(facts, required);
        expect(offeredMethods(facts, required, 1).length > 0).toBe(bound);
      }),
    );
  });
});

test('a backup code is worth the strongest bound factor', () => {
  expect(proofStrength('backup', ['sms', 'totp'])).toBe(factorStrength.totp);
  expect(proofStrength('sms', ['totp'])).toBe(2);
});

test('the last factor that reaches a mandate cannot be removed', () => {
  expect(mayRemoveFactor([], 0)).toBe(true);
  expect(mayRemoveFactor(['sms'], 3)).toBe(false);
  expect(mayRemoveFactor(['totp'], 3)).toBe(true);
});

test('masks tell the owner and nobody else', () => {
  expect(maskNumber('+4915112345642')).toBe('…42');
  expect(maskEmail('ana@x.com')).toBe('a•••@x.com');
  expect(maskEmail('a@x.com')).toBe('a•••@x.com');
});

describe('a typed code', () => {
  test.each([
    '123456',
    '123 456',
    '123-456',
    ' 1 2 3 4 5 6\n',
    '١٢٣٤٥٦',
    '１２３‐４５６',
    '१२३४५६',
    '𝟏𝟐𝟑𝟒𝟓𝟔',
  ])('%j is 123456', (typed) => expect(normalizeCode(typed)).toBe('123456'));
  test.each([
    '',
    '12345',
    '1234567',
    'abcdef',
    '1e5',
    '12345\u0000',
    '+12345',
    '12.3456',
    '½23456',
    ' '.repeat(65),
  ])('%j is no code', (typed) => expect(normalizeCode(typed)).toBeNull());
  test('every script’s zero to nine are digits', () => {
    for (const zero of [0x660, 0x6f0, 0x966, 0xe50, 0x1946, 0xa9d0, 0x11066, 0x1d7ce, 0x1e950]) {
      const typed = [5, 0, 9, 1, 8, 3].map((digit) => String.fromCodePoint(zero + digit)).join('');
      expect(normalizeCode(typed)).toBe('509183');
    }
  });
});

describe('a backup code', () => {
  test('reads back however it is typed', () => {
    const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(bytes, (random) => {
        const code = backupCodeFrom(random);
        const shown = formatBackupCode(code);
        expect(shown).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
        const typed = ` ${shown.toLowerCase().replace('0', 'o').replace('1', 'l').replace('-', ' – ')} `;
        expect(normalizeBackupCode(typed)).toBe(code);
      }),
    );
  });
  test('uses each of the 32 signs for one of the 32 values', () => {
    const signs = Array.from({ length: 32 }, (_, value) =>
      backupCodeFrom(new Uint8Array(10).fill(value + 224)),
    );
    expect(new Set(signs.map((sign) => sign[0])).size).toBe(32);
    expect(backupAlphabet).not.toMatch(/[ILOU]/);
  });
  test.each(['', 'ABCDE', 'ABCDE-FGHJU', 'ABCDE-FGHJKM', 'ABCDE\u0000FGHJK'])('%j is none', (typed) => {
    expect(normalizeBackupCode(typed)).toBeNull();
  });
  test('a hand-over PIN has eight of the same signs', () => {
    expect(normalizeHandOverPin('abcd efgo')).toBe('ABCDEFG0');
    expect(normalizeHandOverPin('abcd')).toBeNull();
  });
});
