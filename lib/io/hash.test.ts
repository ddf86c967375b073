import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { hashPassword, needsUpgrade, nobodyHash, verifyNothing, verifyPassword } from './hash';

const hashed = async (password: string) => {
  const result = await hashPassword(password);
  if (!result.ok) throw new Error('busy');
  return result.value;
};

describe('a password', () => {
  it('is kept as argon2id with 19 MiB and two passes, and only itself verifies', async () => {
    const stored = await hashed('correct horse');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword(stored, 'correct horse')).toEqual({ ok: true, value: true });
    expect(await verifyPassword(stored, 'correct horsf')).toEqual({ ok: true, value: false });
  });

  it('is the same in either Unicode form, and never a malformed text', async () => {
    const stored = await hashed('caf\u00e9');
    expect(await verifyPassword(stored, 'cafe\u0301')).toEqual({ ok: true, value: true });
    const replaced = await hashed('\ufffd');
    expect(await verifyPassword(replaced, '\ud800')).toEqual({ ok: true, value: false });
  });

  it('of nobody costs what a wrong one costs: the same parameters, and salt and hash as long', async () => {
    const stored = await hashed('x');
    const cost = (hash: string) => hash.replace(/[^$]+\$[^$]+$/, '');
    expect(cost(nobodyHash)).toBe(cost(stored));
    expect(nobodyHash).toHaveLength(stored.length);
    expect(await verifyNothing('anything')).toEqual({ ok: true, value: false });
  });

  it('waits in a queue, and is told to come back when the queue is too long', async () => {
    const results = await Promise.all(
      Array.from({ length: 250 * availableParallelism() }, () => verifyNothing('x')),
    );
    const busy = results.filter((result) => !result.ok);
    expect(busy.length).toBeGreaterThan(0);
    expect(busy[0]).toEqual({ ok: false, error: { code: 'busy', retryAfterSeconds: 2 } });
    expect(await verifyNothing('x')).toEqual({ ok: true, value: false });
  }, 30_000);

  it('hash is renewed when it is weaker than today’s', () => {
    expect(needsUpgrade('$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA')).toBe(false);
    expect(needsUpgrade('$argon2id$v=19$m=65536,t=3,p=1$c2FsdA$aGFzaA')).toBe(false);
    expect(needsUpgrade('$argon2id$v=19$m=8192,t=2,p=1$c2FsdA$aGFzaA')).toBe(true);
    expect(needsUpgrade('$2b$10$something')).toBe(true);
  });
});
