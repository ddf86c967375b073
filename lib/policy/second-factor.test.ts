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
