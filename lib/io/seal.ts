import 'server-only';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type Key, keyRing } from './keys';

/** A sealed value that no key of this installation opens, or that was moved or altered. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

const algorithm = 'aes-256-gcm';
const version = 's1';
const tagBytes = 16;

/**
 * Encrypts with AES-256-GCM. `context` says what the value is and whose, such as `totp:<user id>`:
 * a value copied to another row or column does not open there.
 */
export function seal(plain: string, context: string): string {
  const { current } = keyRing('seal');
  const nonce = randomBytes(12);
  const cipher = createCipheriv(algorithm, current.bytes, nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return [version, current.id, nonce.toString('base64url'), body.toString('base64url')].join('.');
}

function keyOf(id: string): Key {
  const { current, previous } = keyRing('seal');
  const key = [current, previous].find((candidate) => candidate?.id === id);
  if (!key) throw new SealBroken(`no key ${id}: GATEHOUSE_SECRET_PREVIOUS may be missing`);
  return key;
}

/** Opens what `seal` closed under the same context; throws `SealBroken` otherwise. */
export function unseal(sealed: string, context: string): string {
  const [mark, id, nonce, body] = sealed.split('.');
  if (mark !== version || !id || !nonce || !body) throw new SealBroken('not a sealed value');
  const bytes = Buffer.from(body, 'base64url');
  const { bytes: key } = keyOf(id);
  try {
    const decipher = createDecipheriv(algorithm, key, Buffer.from(nonce, 'base64url'), {
      authTagLength: tagBytes,
    })
      .setAAD(Buffer.from(context))
      .setAuthTag(bytes.subarray(-tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new SealBroken('altered, or sealed for something else', { cause });
  }
}

/** Whether a value was sealed before the secret was rotated and should be sealed anew. */
export function isSealedWithPrevious(sealed: string): boolean {
  return sealed.split('.')[1] !== keyRing('seal').current.id;
}
