import 'server-only';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import * as z from 'zod';

const encoded = z
  .string()
  .max(16_384)
  .regex(/^[\w-]+$/);
const common = {
  id: encoded,
  rawId: encoded,
  type: z.literal('public-key'),
  clientExtensionResults: z.looseObject({}),
};

const registration = z.object({
  ...common,
  response: z.object({
    clientDataJSON: encoded,
    attestationObject: encoded,
    transports: z.array(z.string().max(32)).max(10).optional().catch(undefined),
  }),
});

const assertion = z.object({
  ...common,
  response: z.object({
    clientDataJSON: encoded,
    authenticatorData: encoded,
    signature: encoded,
    userHandle: encoded.optional().catch(undefined),
  }),
});

const clientData = z.object({ challenge: z.string().max(200) });

const fromJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** The challenge an authenticator says it answers. */
export function challengeOf(clientDataJson: string): string | null {
  const parsed = clientData.safeParse(fromJson(Buffer.from(clientDataJson, 'base64url').toString('utf8')));
  return parsed.success ? parsed.data.challenge : null;
}

/** What a browser sent after making a passkey; null when it is not of that shape. */
export function registrationResponse(text: string): RegistrationResponseJSON | null {
  const parsed = registration.safeParse(fromJson(text.slice(0, 65_536)));
  if (!parsed.success) return null;
  const { transports, ...response } = parsed.data.response;
  return { ...parsed.data, response: transports ? { ...response, transports } : response };
}

/** What a browser sent after using a passkey; null when it is not of that shape. */
export function assertionResponse(text: string): AuthenticationResponseJSON | null {
  const parsed = assertion.safeParse(fromJson(text.slice(0, 65_536)));
  if (!parsed.success) return null;
  const { userHandle, ...response } = parsed.data.response;
  return { ...parsed.data, response: userHandle ? { ...response, userHandle } : response };
}
