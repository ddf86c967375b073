import 'server-only';
import { randomBytes, randomFillSync, timingSafeEqual } from 'node:crypto';
import { keyedHash, keyedHashes } from './keys';

/** A UUID of version 7 (RFC 9562): its first 48 bits are the time, so rows made together lie together. */
export function newId(): string {
  const bytes = randomFillSync(Buffer.alloc(16));
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** A secret nobody can guess: 256 random bits as 43 characters of base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored in a token's place. */
export function hashToken(token: string): string {
  return keyedHash('token', token);
}

/** What a token may be stored as: the second one dates from before the secret was rotated. */
export function tokenHashes(token: string): readonly string[] {
  return keyedHashes('token', token);
}

/** What is stored in a code's place; `context` names attempt, person and purpose, which it then serves alone. */
export function hashCode(code: string, context: string): string {
  return keyedHash('code', JSON.stringify([context, code]));
}

/** What a code may be stored as, for a statement that compares by itself: the second one dates from before the secret was rotated. */
export const codeHashes = (code: string, context: string): readonly string[] =>
  keyedHashes('code', JSON.stringify([context, code]));

/** Whether a code is the one whose hash was stored. */
export function isCode(code: string, context: string, stored: string): boolean {
  return codeHashes(code, context).some((hash) => isSame(hash, stored));
}

/** Compares two texts in a time that tells nothing about where they differ. */
export function isSame(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
