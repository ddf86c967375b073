import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportPolicy, importFaultLabel, policyDocumentSchema } from './export';
import { defaultPolicy } from './policy';
import { anyPolicy } from './policy-arbitraries';

describe('an exported policy', () => {
  test('comes back as it left', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const text = JSON.stringify(exportPolicy(policy, 'https://gatehouse.example/schema.json'));
        expect(policyDocumentSchema.parse(JSON.parse(text)).policy).toEqual(policy);
      }),
    );
  });
  test('is refused with the setting’s own name when something is wrong', () => {
    const document = exportPolicy({ ...defaultPolicy, lockoutMinutes: 0 }, '');
    const issue = policyDocumentSchema.safeParse(document).error?.issues[0];
    expect(importFaultLabel(issue?.path ?? [])).toBe('Login lockout duration');
    const { lockoutMinutes: _, ...missing } = defaultPolicy;
    expect(policyDocumentSchema.safeParse({ ...document, policy: missing }).success).toBe(false);
    expect(policyDocumentSchema.safeParse({ ...exportPolicy(defaultPolicy, ''), version: 2 }).success).toBe(
      false,
    );
  });

  const imported = (document: unknown) => {
    const parsed = policyDocumentSchema.safeParse(JSON.parse(JSON.stringify(document)));
    return parsed.success ? [] : parsed.error.issues.map((issue) => issue.message);
  };
  const withPolicy = (policy: object) => ({ ...exportPolicy(defaultPolicy, ''), policy });
  const withEntry = (entry: object) =>
    withPolicy({ ...defaultPolicy, allowList: { mode: 'off', entries: [{ cidr: '10.0.0.0/8', ...entry }] } });

  test.each<[string, unknown, string]>([
    ['no object', [], 'This file is not an exported policy.'],
    ['nothing', null, 'This file is not an exported policy.'],
    ['another file', { name: 'x' }, 'This file is not an exported policy.'],
    ['a foreign key', { ...exportPolicy(defaultPolicy, ''), owner: 1 }, 'An exported policy has no “owner”.'],
    ['a policy that is a list', withPolicy([]), 'A policy is a list of settings with their values.'],
    [
      'an unknown setting',
      withPolicy({ ...defaultPolicy, colour: 1 }),
      'There is no setting called “colour”.',
    ],
    [
      'a label with U+0000',
      withEntry({ label: 'a\u0000b' }),
      'This label holds characters that cannot be shown. Type it again.',
    ],
    [
      'half a character',
      withEntry({ label: 'a\ud800' }),
      'This label holds characters that cannot be shown. Type it again.',
    ],
    [
      'a moment no calendar holds',
      withEntry({ expiresAt: 9e15 }),
      'Enter a date and time up to the year 9999.',
    ],
    ['a moment before all', withEntry({ expiresAt: -1 }), 'Enter a date and time up to the year 9999.'],
  ])('with %s is refused in words', (_, document, message) => {
    expect(imported(document)).toContain(message);
  });
  test('is refused whole however much of it is there, and however large it is', () => {
    const { lockoutMinutes: _, ...partial } = defaultPolicy;
    expect(imported(withPolicy(partial))).toHaveLength(1);
    const entries = Array.from({ length: 20_000 }, () => ({ cidr: 'x' }));
    const huge = withPolicy({ ...defaultPolicy, allowList: { mode: 'enforce', entries } });
    expect(imported(huge)).toContain('IP allow-list holds at most 500 entries.');
    expect(
      policyDocumentSchema.safeParse(JSON.parse(`${'['.repeat(90_000)}${']'.repeat(90_000)}`)).success,
    ).toBe(false);
  });
});
