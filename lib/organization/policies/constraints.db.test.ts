import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { policyWorld } from '@/bin/test/policy-world';
import { policyVersions } from '@/drizzle/schema';
import { closeDatabase, database } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { defaultPolicy, settingOf } from '@/lib/policy/policy';
import { anyPolicy } from '@/lib/policy/policy-arbitraries';
import { policySchema } from '@/lib/policy/policy-schema';
import type { Setting } from '@/lib/policy/setting';
import { settingNames } from '@/lib/policy/settings';

afterAll(() => closeDatabase());

const world = policyWorld();
let number = 1;

/** Whether the table takes a body, past every check of the product. */
async function isTaken(body: unknown): Promise<boolean> {
  number += 1;
  const { policyId } = await world;
  try {
    await database().insert(policyVersions).values({ id: newId(), policyId, number, body });
    return true;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : null;
    if (cause instanceof Error && 'code' in cause && cause.code === '23514') return false;
    throw error;
  }
}

/** Free of the rules between settings, so that each can be tried over its whole range. */
const roomy = {
  ...defaultPolicy,
  passwordLengthMin: 6,
  passwordLengthMax: 64,
  passwordMinimumAgeHours: 0,
  webSessionHours: 8760,
};

const list = (count: number, mode = 'enforce') => ({
  mode,
  entries: Array.from({ length: count }, (_, at) => ({
    cidr: `10.${at >> 8}.${at & 255}.0/24`,
    label: '',
    expiresAt: null,
  })),
});

type Cases = { readonly good: readonly unknown[]; readonly bad: readonly unknown[] };
const notAnything = ['x', '', {}, [], 1.5, -1];

function casesOf(setting: Setting): Cases {
  switch (setting.kind) {
    case 'toggle':
      return { good: [true, false], bad: [...notAnything, null, 1, 'true'] };
    case 'integer':
      return {
        good: [setting.min, setting.max, setting.default],
        bad: [...notAnything, setting.min - 1, setting.max + 1, null, String(setting.min)],
      };
    case 'limit':
      return {
        good: [null, setting.min, setting.max],
        bad: [...notAnything, setting.min - 1, setting.max + 1, true],
      };
    case 'choice':
      return {
        good: [null, ...setting.options],
        bad: [...notAnything, 0, (setting.options.at(-1) ?? 0) + 1],
      };
    case 'level':
      return { good: Object.keys(setting.options).map(Number), bad: [...notAnything, 0, 5, null] };
    case 'fixed':
      return { good: [setting.default], bad: [...notAnything, setting.default + 1, null] };
    case 'addresses':
      return {
        good: [list(0, 'off'), list(1), list(setting.maxEntries, 'monitor')],
        bad: [
          'off',
          null,
          {},
          list(0),
          list(0, 'monitor'),
          list(1, 'on'),
          list(setting.maxEntries + 1),
          { mode: 'off' },
        ],
      };
  }
}

describe('the table of versions takes what the registry allows, and nothing else', () => {
  it.each(settingNames)('%s, value by value', async (name) => {
    const { good, bad } = casesOf(settingOf(name));
    for (const value of good) {
      const given = { ...roomy, [name]: value };
      expect([value, policySchema.safeParse(given).success, await isTaken(given)]).toEqual([
        value,
        true,
        true,
      ]);
    }
    for (const value of bad) {
      const given = { ...roomy, [name]: value };
      expect([value, policySchema.safeParse(given).success, await isTaken(given)]).toEqual([
        value,
        false,
        false,
      ]);
    }
    const { [name]: _, ...without } = roomy;
    expect([policySchema.safeParse(without).success, await isTaken(without)]).toEqual([false, false]);
  });

  it('refuses what two settings owe each other, and settings nobody knows', async () => {
    const broken = [
      { passwordLengthMin: 20, passwordLengthMax: 19 },
      { webSessionHours: 1, webSessionIdleMinutes: 60 },
      { passwordExpirationDays: 90, passwordMinimumAgeHours: 2160 },
      { unknownSetting: true },
    ];
    for (const values of broken) expect(await isTaken({ ...roomy, ...values })).toBe(false);
    const atTheEdge = {
      webSessionHours: 1,
      webSessionIdleMinutes: 59,
      passwordExpirationDays: 90,
      passwordMinimumAgeHours: 2159,
    };
    expect(await isTaken({ ...roomy, ...atTheEdge })).toBe(true);
  });

  it('takes every policy the schema takes', async () => {
    await fc.assert(
      fc.asyncProperty(anyPolicy, async (policy) => {
        expect(policySchema.safeParse(policy).success).toBe(true);
        expect(await isTaken(policy)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
