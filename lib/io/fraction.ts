import 'server-only';
import { createHash } from 'node:crypto';

/** A stable fraction in [0, 1) of a text: the first 53 bits of its SHA-256. Spreads dates over people and organizations. */
export function stableFraction(text: string): number {
  const bits = createHash('sha256').update(text).digest().readBigUInt64BE() >> 11n;
  return Number(bits) / 2 ** 53;
}
