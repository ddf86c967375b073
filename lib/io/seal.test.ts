import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const first = 'the-first-secret-with-thirty-two-bytes-or-more';
const second = 'the-second-secret-with-thirty-two-bytes-or-more';

/** The modules as another process would load them, with these secrets. */
async function withSecrets(current: string, previous?: string) {
  vi.resetModules();
  for (const key of Object.getOwnPropertySymbols(globalThis))
    if (Symbol.keyFor(key)?.startsWith('gatehouse.')) Reflect.deleteProperty(globalThis, key);
  vi.stubEnv('DATABASE_URL', 'postgres://a:b@127.0.0.1:1/c');
  vi.stubEnv('DEV_DESK', 'on');
  vi.stubEnv('GATEHOUSE_SECRET', current);
  vi.stubEnv('GATEHOUSE_SECRET_PREVIOUS', previous ?? '');
  return { ...(await import('./seal')), ...(await import('./token')) };
}

beforeEach(() => vi.unstubAllEnvs());
afterEach(() => vi.unstubAllEnvs());

describe('a sealed value', () => {
  it('opens in its own place only', async () => {
    const { seal, unseal, SealBroken } = await withSecrets(first);
    const sealed = seal('JBSWY3DPEHPK3PXP', 'totp:1');
    expect(sealed).not.toContain('JBSWY3DPEHPK3PXP');
    expect(unseal(sealed, 'totp:1')).toBe('JBSWY3DPEHPK3PXP');
    expect(() => unseal(sealed, 'totp:2')).toThrow(SealBroken);
  });

  it('does not open once altered or cut', async () => {
    const { seal, unseal, SealBroken } = await withSecrets(first);
    const sealed = seal('secret', 'x');
    const middle = sealed.lastIndexOf('.') + 3;
    const altered = sealed.slice(0, middle) + (sealed[middle] === 'A' ? 'B' : 'A') + sealed.slice(middle + 1);
    for (const broken of [altered, sealed.slice(0, -24), '', 'plain'])
      expect(() => unseal(broken, 'x')).toThrow(SealBroken);
  });

  it('still opens after the secret was rotated, and no longer without the previous one', async () => {
    const before = await withSecrets(first);
    const sealed = before.seal('secret', 'x');
    const rotated = await withSecrets(second, first);
    expect(rotated.unseal(sealed, 'x')).toBe('secret');
    expect(rotated.isSealedWithPrevious(sealed)).toBe(true);
    expect(rotated.isSealedWithPrevious(rotated.seal('secret', 'x'))).toBe(false);
    const forgotten = await withSecrets(second);
    expect(() => forgotten.unseal(sealed, 'x')).toThrow(forgotten.SealBroken);
  });
});

describe('tokens and codes', () => {
  it('are found under the previous secret after a rotation', async () => {
    const before = await withSecrets(first);
    const token = before.newToken();
    const stored = before.hashToken(token);
    const storedCode = before.hashCode('123456', 'attempt:1');
    const rotated = await withSecrets(second, first);
    expect(rotated.tokenHashes(token)).toContain(stored);
    expect(rotated.hashToken(token)).not.toBe(stored);
    expect(rotated.isCode('123456', 'attempt:1', storedCode)).toBe(true);
    expect(rotated.isCode('123456', 'attempt:2', storedCode)).toBe(false);
  });

  it('are 256 random bits, and ids are UUIDs of version 7 in order of time', async () => {
    const { newId, newToken } = await withSecrets(first);
    expect(newToken()).toMatch(/^[\w-]{43}$/);
    const ids = Array.from({ length: 200 }, newId);
    expect(new Set(ids).size).toBe(200);
    for (const id of ids)
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    const early = Number.parseInt(ids[0]?.replaceAll('-', '').slice(0, 12) ?? '', 16);
    expect(Math.abs(Date.now() - early)).toBeLessThan(5000);
  });
});
