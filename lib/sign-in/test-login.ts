import 'server-only';
import type { TypedLogin } from './verify';

let client = 0;

/** A try from an address of its own, so that the limit of one address does not come first. */
export function typed(email: string, password: string, deviceCookie: string | null = null): TypedLogin {
  client += 1;
  const address = `10.${(client >> 16) & 255}.${(client >> 8) & 255}.${client & 255}`;
  const domain = email.slice(email.lastIndexOf('@') + 1);
  return { email, domain, password, deviceCookie, address, userAgent: 'test browser' };
}
