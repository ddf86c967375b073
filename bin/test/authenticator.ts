import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

/** The origin that tests run under: the default of APP_URL. */
const origin = 'http://localhost:3000';
const relyingParty = 'localhost';

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();

/** Present, verified, and (when made) followed by the credential. */
const present = 0x01;
const verified = 0x04;
const withCredential = 0x40;

function counterBytes(counter: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(counter);
  return bytes;
}

const clientData = (type: 'webauthn.create' | 'webauthn.get', challenge: string, from: string) =>
  Buffer.from(JSON.stringify({ type, challenge, origin: from, crossOrigin: false }));

export type Gesture = {
  readonly isVerified?: boolean;
  readonly counter?: number;
  readonly origin?: string;
  readonly userHandle?: string;
};

/** A passkey of P-256 that answers as a browser sends it, and lies where a test wants it to. */
export function softPasskey() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const id = randomBytes(16);
  const cose = new Map<number, number | Uint8Array>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Buffer.from(x, 'base64url')],
    [-3, Buffer.from(y, 'base64url')],
  ]);
  const head = (flags: number, counter: number) =>
    Buffer.concat([sha256(relyingParty), Buffer.from([flags]), counterBytes(counter)]);
  const common = { id: base64url(id), rawId: base64url(id), type: 'public-key', clientExtensionResults: {} };
  const flagsOf = ({ isVerified = true }: Gesture) => present | (isVerified ? verified : 0);

  const make = (challenge: string, gesture: Gesture = {}): string => {
    const credential = Buffer.concat([
      Buffer.alloc(16),
      Buffer.from([0, id.length]),
      id,
      isoCBOR.encode(cose),
    ]);
    const authData = Buffer.concat([
      head(flagsOf(gesture) | withCredential, gesture.counter ?? 0),
      credential,
    ]);
    const attestation = new Map<string, string | Map<string, string> | Uint8Array>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', Uint8Array.from(authData)],
    ]);
    return JSON.stringify({
      ...common,
      response: {
        clientDataJSON: base64url(clientData('webauthn.create', challenge, gesture.origin ?? origin)),
        attestationObject: base64url(isoCBOR.encode(attestation)),
        transports: ['internal'],
      },
    });
  };

  const use = (challenge: string, gesture: Gesture = {}): string => {
    const authenticatorData = head(flagsOf(gesture), gesture.counter ?? 0);
    const data = clientData('webauthn.get', challenge, gesture.origin ?? origin);
    const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(data)]), privateKey);
    return JSON.stringify({
      ...common,
      response: {
        clientDataJSON: base64url(data),
        authenticatorData: base64url(authenticatorData),
        signature: base64url(signature),
        ...(gesture.userHandle === undefined
          ? {}
          : { userHandle: base64url(Buffer.from(gesture.userHandle)) }),
      },
    });
  };
  return { make, use };
}
