import { generateSync } from 'otplib';
import { describe, expect, test } from 'vitest';
import { keyUri, matchingStep } from './totp';

/** The ASCII secret of both RFCs, in base 32. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('time-based codes', () => {
  // RFC 6238 appendix B lists eight digits; six-digit codes are their last six.
  const rfc6238 = [
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ] as const;
  test.each(rfc6238)('are those of RFC 6238 at %i', (epoch, code) => {
    expect(matchingStep(secret, code.slice(-6), epoch)).toBe(Math.floor(epoch / 30));
  });

  // RFC 4226 appendix D: counter 0 to 9.
  const rfc4226 = '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'.split(' ');
  test.each(rfc4226.map((code, counter) => [counter, code] as const))(
    'are those of RFC 4226 for counter %i',
    (counter, code) => {
      expect(matchingStep(secret, code, counter * 30)).toBe(counter);
    },
  );

  test('may be one step early or late, and not two', () => {
    const now = 1_234_567_890;
    const at = (steps: number) => generateSync({ secret, epoch: now + steps * 30 });
    const step = Math.floor(now / 30);
    for (const steps of [-1, 0, 1]) expect(matchingStep(secret, at(steps), now)).toBe(step + steps);
    for (const steps of [-3, -2, 2, 3]) expect(matchingStep(secret, at(steps), now)).toBeNull();
  });

  test('keep their window at the edges of a step', () => {
    for (const epoch of [90, 119]) {
      for (const counter of [2, 3, 4])
        expect(matchingStep(secret, rfc4226[counter] ?? '', epoch)).toBe(counter);
      for (const counter of [1, 5]) expect(matchingStep(secret, rfc4226[counter] ?? '', epoch)).toBeNull();
    }
  });
});

describe('the key', () => {
  const uri = keyUri(secret, 'owner@northwind.example');

  test('is named as authentication apps expect it', () => {
    expect(uri).toBe(`otpauth://totp/Gatehouse:owner@northwind.example?secret=${secret}&issuer=Gatehouse`);
    expect(keyUri(secret, 'a:b&c=d#e?@x.example')).toContain('Gatehouse:a%3Ab%26c%3Dd%23e%3F@x.example?');
  });
});
