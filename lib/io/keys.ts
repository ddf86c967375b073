import 'server-only';
import { createHmac, hkdfSync } from 'node:crypto';
import { settings } from './env';
import { processWide } from './process-wide';

/** Every use of the secret has a key of its own, so that one use can never answer for another. */
export type KeyPurpose = 'token' | 'code' | 'seal' | 'address' | 'preview' | 'evidence';

export type Key = { readonly id: string; readonly bytes: Buffer };

export type KeyRing = { readonly current: Key; readonly previous: Key | null };

function derive(secret: string, purpose: KeyPurpose): Key {
  const bytes = (info: string, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, 'gatehouse', info, length));
  return { id: bytes(`key-id:${purpose}`, 6).toString('base64url'), bytes: bytes(`key:${purpose}`, 32) };
}

/** The keys of a purpose: what is written uses the current one, what is read may use either. */
export function keyRing(purpose: KeyPurpose): KeyRing {
  return processWide(`keys.${purpose}`, () => {
    const { secret, previousSecret } = settings();
    return {
      current: derive(secret, purpose),
      previous: previousSecret === null ? null : derive(previousSecret, purpose),
    };
  });
}

const hmac = (key: Key, text: string) => createHmac('sha256', key.bytes).update(text).digest('base64url');

/** HMAC-SHA-256 under the purpose's current key, as base64url. */
export function keyedHash(purpose: KeyPurpose, text: string): string {
  return hmac(keyRing(purpose).current, text);
}

/** What `keyedHash` gives now and gave before the secret was rotated: for looking up and comparing. */
export function keyedHashes(purpose: KeyPurpose, text: string): readonly string[] {
  const { current, previous } = keyRing(purpose);
  return previous === null ? [hmac(current, text)] : [hmac(current, text), hmac(previous, text)];
}
