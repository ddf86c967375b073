import { eq, sql } from 'drizzle-orm';
import { accounts, memberships, passwords, sessions } from '@/drizzle/schema';
import type { Transaction } from '@/lib/io/db';
import { createSession } from '@/lib/session/sessions';

const ago = (length: { readonly days?: number; readonly hours?: number }) =>
  sql`now() - make_interval(days => ${length.days ?? 0}, hours => ${length.hours ?? 0})`;

/** Moves what a person did into the past: joined long ago, the password set so many days ago. */
export async function agePerson(tx: Transaction, accountId: string, passwordDays: number): Promise<void> {
  const joined = ago({ days: 100 });
  await tx
    .update(accounts)
    .set({ createdAt: joined, loginEmailProvenAt: joined, contactEmailProvenAt: joined })
    .where(eq(accounts.id, accountId));
  await tx.update(memberships).set({ createdAt: joined }).where(eq(memberships.accountId, accountId));
  await tx
    .update(passwords)
    .set({ setAt: ago({ days: passwordDays }) })
    .where(eq(passwords.accountId, accountId));
}

const browsers = {
  laptop:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  desktop:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
  phone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
} as const;

export type PastSession = {
  readonly on: keyof typeof browsers;
  readonly method: 'totp' | 'sms' | null;
  readonly hoursAgo: number;
  /** The session ended when the deadline for a second factor passed. */
  readonly endedByDeadline?: boolean;
};

const strengths = { totp: 3, sms: 2 } as const;

/** A browser in which the person is, or was, signed in. Its token is nobody's. */
export async function addSession(tx: Transaction, accountId: string, past: PastSession): Promise<void> {
  const { id } = await createSession(tx, {
    accountId,
    attemptId: null,
    kind: 'web',
    clientName: null,
    deviceId: null,
    method: past.method,
    strength: past.method === null ? 0 : strengths[past.method],
    address: past.on === 'phone' ? '203.0.113.77' : '198.51.100.24',
    userAgent: browsers[past.on],
    overallMinutes: 1440,
    closeWithBrowser: false,
    isOnlyWebSession: false,
  });
  const began = ago({ hours: past.hoursAgo });
  const times = { createdAt: began, reauthenticatedAt: began, reauthenticationBeganAt: began };
  const end = past.endedByDeadline
    ? { endedAt: ago({ hours: past.hoursAgo - 5 }), endedReason: 'second_factor_deadline' as const }
    : {};
  await tx
    .update(sessions)
    .set({ ...times, lastActiveAt: ago({ hours: Math.max(past.hoursAgo - 1, 0) }), ...end })
    .where(eq(sessions.id, id));
}
