import { describe, expect, test } from 'vitest';
import { effectivePolicy, unboundPolicy } from './effective';
import { layerOf } from './policy-arbitraries';
import { explain, nextStep, originProof, type SignInFacts, type SignInStep, signInSteps } from './sign-in';

const ready: SignInFacts = {
  addressAllowed: true,
  breakGlass: false,
  lockedOut: false,
  passwordVerified: true,
  passkeyVerified: false,
  ssoVerified: false,
  secondFactorBound: false,
  secondFactorVerified: false,
  handOverPinSet: false,
  handOverPinVerified: false,
  passwordChangeDue: false,
  contactEmailRequired: false,
  contactEmailVerified: false,
  secondFactorRequired: false,
  secondFactorStrongEnough: false,
  backupCodesUnsaved: false,
  originProvable: true,
  originProven: false,
};
const names = Object.keys(ready) as (keyof SignInFacts)[];

/** Every combination of the facts. */
function* every(): Generator<SignInFacts> {
  const facts: Record<string, boolean> = {};
  for (let bits = 0; bits < 2 ** names.length; bits += 1) {
    for (const [at, name] of names.entries()) facts[name] = (bits & (1 << at)) !== 0;
    yield { ...ready, ...facts };
  }
}
const changes: readonly SignInStep[] = [
  'change_password',
  'contact_email',
  'enroll_second_factor',
  'save_backup_codes',
];

/** Counts the combinations that break a guarantee. */
const broken = (breaks: (facts: SignInFacts, step: SignInStep) => boolean): number => {
  let count = 0;
  for (const facts of every()) if (breaks(facts, nextStep(facts))) count += 1;
  return count;
};

describe('over every combination of facts', () => {
  test('signed in needs every proof', () => {
    const proven = (f: SignInFacts): boolean =>
      (f.addressAllowed || f.breakGlass) &&
      (f.passwordVerified || f.passkeyVerified || f.ssoVerified) &&
      (f.ssoVerified ||
        ((f.passkeyVerified ||
          ((!f.secondFactorBound || f.secondFactorVerified) &&
            (!f.handOverPinSet || f.handOverPinVerified))) &&
          !f.passwordChangeDue &&
          (!f.contactEmailRequired || f.contactEmailVerified) &&
          (!f.secondFactorRequired || (f.secondFactorBound && f.secondFactorStrongEnough)) &&
          !f.backupCodesUnsaved));
    expect(broken((facts, step) => (step === 'signed_in') !== proven(facts))).toBe(0);
  });

  test('a password alone never reaches a screen that changes an authenticator once a factor is bound', () => {
    const alone = (f: SignInFacts) =>
      f.secondFactorBound && !f.secondFactorVerified && !f.passkeyVerified && !f.ssoVerified;
    expect(broken((facts, step) => alone(facts) && changes.includes(step))).toBe(0);
  });

  test('a refused address reaches nothing, and only break-glass passes it', () => {
    expect(broken((f, step) => !f.addressAllowed && !f.breakGlass && step !== 'address_refused')).toBe(0);
    expect(broken((f, step) => (f.addressAllowed || f.breakGlass) && step === 'address_refused')).toBe(0);
  });

  test('a lock stops the password and not a passkey', () => {
    expect(broken((f, step) => f.lockedOut && f.passkeyVerified && step === 'locked_out')).toBe(0);
    expect(broken((f, step) => f.lockedOut && !f.addressAllowed && step === 'password')).toBe(0);
    expect(nextStep({ ...ready, passwordVerified: false, lockedOut: true })).toBe('locked_out');
  });

  test('a passkey does not excuse a password that must be changed', () => {
    expect(nextStep({ ...ready, passkeyVerified: true, passwordChangeDue: true })).toBe('change_password');
  });

  test('single sign-on answers for everything but the address', () => {
    expect(
      broken(
        (f, step) =>
          f.ssoVerified && step !== (f.addressAllowed || f.breakGlass ? 'signed_in' : 'address_refused'),
      ),
    ).toBe(0);
  });

  test('a hand-over PIN stands where the second factor stood', () => {
    expect(nextStep({ ...ready, handOverPinSet: true, contactEmailRequired: true })).toBe('second_factor');
    expect(
      nextStep({ ...ready, handOverPinSet: true, handOverPinVerified: true, contactEmailRequired: true }),
    ).toBe('contact_email');
  });

  test('every step is reachable, and no other', () => {
    const reached = new Set<SignInStep>();
    for (const facts of every()) reached.add(nextStep(facts));
    expect([...reached].sort()).toEqual([...signInSteps].sort());
  });

  test('the order is the one of section 3.1', () => {
    expect(signInSteps.join(' → ')).toBe(
      'address_refused → locked_out → password → second_factor → change_password → contact_email → enroll_second_factor → save_backup_codes → signed_in',
    );
  });
});

describe('a stolen password before any factor is bound', () => {
  test('opens neither another address nor an enrolment without a code to the proven address', () => {
    expect(originProof(ready, 'enroll')).toBe('needed');
    expect(originProof(ready, 'enter_other_email')).toBe('needed');
    expect(originProof(ready, 'confirm_login_email')).toBe('given');
    expect(originProof({ ...ready, originProven: true }, 'enroll')).toBe('given');
  });
  test('passes with nothing proven to mail to, and says so', () => {
    expect(originProof({ ...ready, originProvable: false }, 'enroll')).toBe('unprovable');
  });
  test('is not asked of somebody who proved a factor', () => {
    expect(originProof({ ...ready, secondFactorBound: true }, 'enroll')).toBe('given');
    expect(originProof({ ...ready, handOverPinVerified: true }, 'enroll')).toBe('given');
  });
});

test('the trace stops where the sign-in stops and names the layer', () => {
  const policy = effectivePolicy([layerOf('d', { secondFactorRequired: true, secondFactorStrength: 3 })]);
  const facts = { ...ready, secondFactorBound: true };
  const trace = explain(facts, policy);
  expect(trace.map(({ verdict }) => verdict)).toEqual([
    'met',
    'met',
    'met',
    'unmet',
    'beyond',
    'beyond',
    'beyond',
    'beyond',
    'beyond',
  ]);
  expect(trace[3]?.rules).toMatchObject([
    { name: 'secondFactorRequired', sources: [{ id: 'd' }] },
    { name: 'secondFactorStrength', sources: [{ id: 'd' }] },
  ]);
  expect(explain(ready, unboundPolicy).at(-1)).toEqual({ step: 'signed_in', verdict: 'met', rules: [] });
});
