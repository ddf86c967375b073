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
});
