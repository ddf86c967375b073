import 'server-only';
import { cookies } from 'next/headers';
import { settings } from '@/lib/io/env';
import type { Instant } from '@/lib/policy/time';

/**
 * The three cookies of the house. No name is the beginning of another, because next-auth joins cookies that share a prefix.
 * On plain-HTTP loopback the `__Host-` prefix is impossible and left away.
 */
export type CookieName = 'session' | 'attempt' | 'device';

const isSecure = () => settings().appUrl.startsWith('https:');
const bareNames = { session: 'gh.session', attempt: 'gh-attempt', device: 'gh-device' } as const;

export const cookieName = (name: CookieName): string => `${isSecure() ? '__Host-' : ''}${bareNames[name]}`;

/** Attributes common to all: HttpOnly, Lax, whole site, Secure where the site is. */
export const cookieOptions = () =>
  ({ httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() }) as const;

export async function readCookie(name: CookieName): Promise<string | null> {
  return (await cookies()).get(cookieName(name))?.value ?? null;
}

/** Without `expires` the cookie ends with the browser. */
export async function writeCookie(name: CookieName, value: string, expires: Instant | null): Promise<void> {
  const lifetime = expires === null ? {} : { expires };
  (await cookies()).set(cookieName(name), value, { ...cookieOptions(), ...lifetime });
}

export async function clearCookie(name: CookieName): Promise<void> {
  (await cookies()).set(cookieName(name), '', { ...cookieOptions(), maxAge: 0 });
}
