import { settings } from '@/lib/io/env';

export const dynamic = 'force-dynamic';

/** Where password managers send people to make and to look after their passkeys (W3C "A Well-Known URL for Relying Party Passkey Endpoints"). */
export function GET(): Response {
  const passkeys = `${settings().appUrl}/account/passkeys`;
  return Response.json({ enroll: passkeys, manage: passkeys });
}
