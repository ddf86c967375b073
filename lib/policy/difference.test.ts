import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceText, policyDifference } from './difference';
import { defaultPolicy, type Policy } from './policy';
import { anyPolicy } from './policy-arbitraries';

describe('a difference', () => {
  test('says each setting that differs, in words and with its direction', () => {
    const entries = (...cidrs: string[]) => cidrs.map((cidr) => ({ cidr, label: '', expiresAt: null }));
    const before: Policy = {
      ...defaultPolicy,
      allowList: { mode: 'enforce', entries: entries('10.0.0.0/8') },
    };
    const after: Policy = {
      ...before,
      passwordLengthMin: 12,
      webSessionIdleMinutes: 1,
      mobileSessionsAllowed: false,
      breachedCheck: false,
      allowList: { mode: 'enforce', entries: entries('192.0.2.0/24') },
    };
    const lines = policyDifference(before, after);
    expect(lines.map(differenceText)).toEqual([
      'Minimum password length: 8 characters → 12 characters',
      'Check against breached and common passwords: on → off',
      'Web session idle timeout: off → 1 minute',
      'Allow mobile sessions: on → off',
      'IP allow-list: −10.0.0.0/8, +192.0.2.0/24',
    ]);
    expect(lines.map((line) => line.direction)).toEqual(['tighter', 'looser', 'tighter', 'tighter', 'mixed']);
    expect(policyDifference(after, before).map((line) => line.direction)).toEqual([
      'looser',
      'tighter',
      'looser',
      'looser',
      'mixed',
    ]);
  });

  test('is empty between equals and never between others', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (a, b) => {
        expect(policyDifference(a, structuredClone(a))).toEqual([]);
        for (const line of policyDifference(a, b)) expect(differenceText(line)).toMatch(/: .+/);
      }),
    );
  });
});
