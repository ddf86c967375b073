import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { NextRequest } from 'next/server';
import NextAuth, { CredentialsSignin, type NextAuthConfig } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { clientAddress } from '@/lib/io/client-address';
import { keyedHash } from '@/lib/io/keys';
import { log } from '@/lib/io/log';
import { outageOf } from '@/lib/io/outage';
import type { Result } from '@/lib/policy/result';
import { days } from '@/lib/policy/time';
import { clearCookie, cookieName, cookieOptions, writeCookie } from '@/lib/session/cookies';
import { judgeSession } from '@/lib/session/judgement';
import { endSessionOf } from './departure';
import { type FinishedSignIn, type FinishRefusal, redeemTicket } from './finish';

/*
 * All of next-auth. It carries an opaque token in its cookie and decides nothing: the token is minted by `redeemTicket`,
 * and every reading of it is judged from its row. See docs/decisions/003-next-auth-carries-a-token.md.
 */

class TicketRefused extends CredentialsSignin {
  override code = 'ticket_refused';
}

type Outcome = Result<FinishedSignIn, FinishRefusal>;

/** Where `completeSignIn` learns what became of the ticket that next-auth handed on. */
const outcomes = new AsyncLocalStorage<{ outcome: Outcome | null }>();

const ticketProvider = Credentials({
  id: 'ticket',
  credentials: { ticket: {} },
  authorize: async ({ ticket }, request) => {
    const { headers } = request;
    const client = { address: clientAddress(headers), userAgent: headers.get('user-agent') };
    const outcome = await redeemTicket(typeof ticket === 'string' ? ticket : '', client);
    const waiting = outcomes.getStore();
    if (waiting) waiting.outcome = outcome;
    if (!outcome.ok) throw new TicketRefused();
    return { id: outcome.value.accountId, token: outcome.value.token };
  },
});

const opaque = (token: unknown): string => (typeof token === 'string' ? token : '');

async function runningSession(token: string, request: Request | undefined) {
  const address = request ? clientAddress(request.headers) : null;
  const judged = await judgeSession(token, address);
  return judged.state === 'running' ? judged.session : null;
}

function config(request: NextRequest | undefined): NextAuthConfig {
  return {
    basePath: '/api/auth',
    trustHost: true,
    secret: keyedHash('token', 'next-auth'),
    pages: { signIn: '/login', signOut: '/login', error: '/login' },
    session: { strategy: 'jwt', maxAge: days(400) / 1000 },
    cookies: { sessionToken: { name: cookieName('session'), options: cookieOptions() } },
    providers: [ticketProvider],
    jwt: {
      encode: async ({ token }) => opaque(token?.opaque),
      decode: async ({ token }) => (token ? { opaque: token } : null),
    },
    callbacks: {
      jwt: async ({ token, user, trigger }) => {
        if (trigger === 'signIn' && 'token' in user) return { opaque: opaque(user.token) };
        const session = await runningSession(opaque(token.opaque), request);
        return (
          session && { opaque: opaque(token.opaque), accountId: session.accountId, endsAt: session.endsAt }
        );
      },
      session: async ({ session, token }) => ({
        expires: typeof token.endsAt === 'number' ? new Date(token.endsAt).toISOString() : session.expires,
        user: { id: opaque(token.accountId) },
      }),
    },
    events: {
      signOut: async (message) => {
        if ('token' in message) await endSessionOf(opaque(message.token?.opaque));
      },
    },
    logger: {
      error: (error) => {
        if (!(error instanceof CredentialsSignin)) log().error({ error }, 'next-auth met an error');
      },
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

const nextAuth = NextAuth((request) => config(request));

/** The cookie lasts as the policy wants: with the browser, or for what remains of the session. */
const lifetimeOf = (finished: FinishedSignIn) => {
  if (finished.closeWithBrowser) return null;
  return finished.expiresAt ?? Date.now() + days(400);
};

/** Hands a finished attempt's ticket to next-auth and issues the cookies anew: next-auth knows one lifetime for all. */
export async function completeSignIn(ticket: string): Promise<Outcome> {
  const waiting: { outcome: Outcome | null } = { outcome: null };
  try {
    await outcomes.run(waiting, () => nextAuth.signIn('ticket', { ticket, redirect: false }));
  } catch (error) {
    if (waiting.outcome === null || waiting.outcome.ok) throw outageOf(error) ?? error;
  }
  const { outcome } = waiting;
  if (outcome === null) throw new Error('next-auth did not hand on the ticket');
  if (!outcome.ok) return outcome;
  await writeCookie('session', outcome.value.token, lifetimeOf(outcome.value));
  await clearCookie('attempt');
  const { device } = outcome.value;
  if (device) await writeCookie('device', device.secret, device.expiresAt);
  return outcome;
}

function attributesOf(endsAt: number | null): string {
  const { secure } = cookieOptions();
  const lifetime = endsAt === null ? '' : `; Expires=${new Date(endsAt).toUTCString()}`;
  return `; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}${lifetime}`;
}

/** The session cookie as the row wants it, in the place of the one next-auth wrote. */
async function reissued(cookie: string, request: NextRequest): Promise<string | null> {
  const name = cookieName('session');
  const value = decodeURIComponent(cookie.slice(name.length + 1).split(';')[0] ?? '');
  if (value === '') return cookie;
  const session = await runningSession(value, request);
  if (session === null) return null;
  return `${name}=${value}${attributesOf(session.closeWithBrowser ? null : session.endsAt)}`;
}

async function withOwnLifetime(
  request: NextRequest,
  handle: typeof nextAuth.handlers.GET,
): Promise<Response> {
  const answer = await handle(request);
  const given = answer.headers.getSetCookie();
  const name = `${cookieName('session')}=`;
  const headers = new Headers(answer.headers);
  headers.delete('set-cookie');
  headers.set('cache-control', 'no-store');
  for (const cookie of given) {
    const kept = cookie.startsWith(name) ? await reissued(cookie, request) : cookie;
    if (kept !== null) headers.append('set-cookie', kept);
  }
  return new Response(answer.body, { status: answer.status, headers });
}

export const GET = (request: NextRequest) => withOwnLifetime(request, nextAuth.handlers.GET);
export const POST = (request: NextRequest) => withOwnLifetime(request, nextAuth.handlers.POST);
