import { describe, expect, test } from 'vitest';
import { effectivePolicy, unboundPolicy } from './effective';
import { guardSave } from './guard';
import { defaultPolicy, type Policy } from './policy';
import { layerOf } from './policy-arbitraries';
import type { AllowList } from './setting';
import { hours } from './time';

const now = Date.UTC(2026, 5, 1);
const entry = (cidr: string, expiresAt: number | null = null) => ({ cidr, label: '', expiresAt });
const list = (...entries: AllowList['entries']): AllowList => ({ mode: 'enforce', entries });

const owner = (values: Partial<Policy>) => ({
  policy: effectivePolicy([layerOf('d', { ...defaultPolicy, ...values })]),
  address: '203.0.113.7',
  strengthTowards: 0,
  session: {
    kind: 'web' as const,
    createdAt: now - hours(10),
    lastActiveAt: now,
    overallMinutesAtCreation: 24 * 60,
  },
});
type Owner = ReturnType<typeof owner>;
const outsider = { ...owner({}), policy: unboundPolicy };

const guard = (saver: Owner, owners: readonly Owner[], more: { list?: AllowList; from?: number } = {}) =>
  guardSave(saver, owners, {
    list: more.list ?? { mode: 'off', entries: [] },
    effectiveFrom: more.from ?? now,
    now,
  });

describe('the guard of a save', () => {
  test('refuses to shut out the saver, or every owner', () => {
    const shut = owner({ allowList: list(entry('10.0.0.0/8')) });
    expect(guard(shut, [shut]).refusal).toEqual({ code: 'shuts_out_saver', address: '203.0.113.7' });
    expect(guard(outsider, [shut]).refusal).toEqual({ code: 'shuts_out_all_owners' });
    expect(guard(outsider, [shut, outsider]).refusal).toBeNull();
  });

  test('looks at the moment the change takes effect', () => {
    const passing = owner({ allowList: list(entry('203.0.113.0/24', now + hours(2))) });
    expect(guard(passing, [passing], { from: now + hours(2) - 1 }).refusal).toBeNull();
    expect(guard(passing, [passing], { from: now + hours(2) }).refusal).toMatchObject({
      code: 'shuts_out_saver',
    });
  });

  test('refuses a list of which no network counts any more, whoever saves it', () => {
    const ended = list(entry('203.0.113.0/24', now), entry('10.0.0.0/8', now - 1));
    expect(guard(outsider, [outsider], { list: ended }).refusal).toEqual({ code: 'list_ended' });
    expect(guard(outsider, [outsider], { list: { ...ended, mode: 'monitor' } }).refusal).toBeNull();
    const still = list(entry('203.0.113.0/24', now), entry('10.0.0.0/8', now + 1));
    expect(guard(outsider, [outsider], { list: still }).refusal).toBeNull();
    expect(guard(outsider, [outsider], { list: still, from: now + 1 }).refusal).toEqual({
      code: 'list_ended',
    });
  });

  test('says when the networks that let the saver in end', () => {
    const passing = owner({ allowList: list(entry('203.0.113.0/24', now + hours(2)), entry('10.0.0.0/8')) });
    expect(guard(passing, [passing]).warnings).toEqual([{ code: 'own_address_ends', at: now + hours(2) }]);
    const lasting = owner({ allowList: list(entry('203.0.113.0/24')) });
    expect(guard(lasting, [lasting]).warnings).toEqual([]);
  });

  test('says first that it ends the saver’s session or asks for a factor', () => {
    const short = owner({ webSessionHours: 9, secondFactorRequired: true });
    expect(guard(short, [short])).toMatchObject({
      refusal: null,
      warnings: [{ code: 'ends_own_session', reason: 'overall_timeout' }, { code: 'own_second_factor_due' }],
    });
    expect(guard(owner({}), [owner({})])).toEqual({ refusal: null, warnings: [] });
  });
});
