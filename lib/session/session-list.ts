import 'server-only';
import Bowser from 'bowser';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { sessions } from '@/drizzle/schema';
import { accountChain, recordAudit } from '@/lib/io/audit';
import { database, transaction } from '@/lib/io/db';
import type { LayerSource } from '@/lib/policy/layer';
import { type SessionEnds, sessionEnds, sessionLapse } from '@/lib/policy/session';
import type { Instant } from '@/lib/policy/time';
import type { CurrentSession } from './judgement';
import { endSession, endSessions, type SessionKind } from './sessions';

export type SessionItem = {
  readonly id: string;
  readonly isCurrent: boolean;
  readonly kind: SessionKind;
  /** Browser and system, or the registered client's name. */
  readonly client: string;
  readonly method: string | null;
  readonly address: string | null;
  readonly createdAt: Instant;
  readonly lastActiveAt: Instant;
  readonly ends: SessionEnds;
  /** The layers that set the overall limit; none where it is the platform's own. */
  readonly endsBecause: readonly LayerSource[];
};

const limitOf = {
  web: 'webSessionHours',
  mobile: 'mobileSessionHours',
  desktop: 'desktopSessionHours',
} as const;

/** "Firefox on Windows", as far as the browser tells. */
export function clientName(userAgent: string | null): string {
  if (!userAgent) return 'Unknown browser';
  const { browser, os } = Bowser.parse(userAgent);
  return `${browser.name ?? 'Unknown browser'}${os.name ? ` on ${os.name}` : ''}`;
}

/** The account's running sessions, this one first, then by last activity. */
export async function listSessions(session: CurrentSession): Promise<readonly SessionItem[]> {
  const rows = await database()
    .select({
      id: sessions.id,
      kind: sessions.kind,
      clientName: sessions.clientName,
      userAgent: sessions.userAgent,
      method: sessions.method,
      address: sessions.address,
      createdAt: sessions.createdAt,
      lastActiveAt: sessions.lastActiveAt,
      overallMinutesAtCreation: sessions.overallMinutesAtCreation,
    })
    .from(sessions)
    .where(and(eq(sessions.accountId, session.accountId), isNull(sessions.endedAt)))
    .orderBy(desc(sessions.lastActiveAt));
  const { values, settings } = session.policy;
  const items = rows
    .filter((row) => sessionLapse(row, values, session.now) === null)
    .map((row) => ({
      id: row.id,
      isCurrent: row.id === session.id,
      kind: row.kind,
      client: row.clientName ?? clientName(row.userAgent),
      method: row.method,
      address: row.address,
      createdAt: row.createdAt,
      lastActiveAt: row.lastActiveAt,
      ends: sessionEnds(row, values),
      endsBecause: settings[limitOf[row.kind]].sources,
    }));
  return [...items.filter((item) => item.isCurrent), ...items.filter((item) => !item.isCurrent)];
}

type Ending = { readonly session: CurrentSession; readonly userAgent: string | null };

const auditOf = ({ session, userAgent }: Ending, event: string) => ({
  chain: accountChain(session.accountId),
  event,
  actor: { kind: 'account', id: session.accountId } as const,
  result: 'success' as const,
  personal: { address: session.address, userAgent },
});

/** Ends one of the person's own sessions; false when it was no running session of theirs. */
export function endOwnSession(by: Ending, sessionId: string): Promise<boolean> {
  const { accountId } = by.session;
  return transaction(async (tx) => {
    const isEnded = await endSession(tx, { accountId, sessionId }, 'ended_by_you');
    if (isEnded)
      await recordAudit(tx, { ...auditOf(by, 'session.ended'), target: { kind: 'session', id: sessionId } });
    return isEnded;
  });
}

/** Ends all the person's sessions but this one; returns how many ended. */
export function endOtherOwnSessions(by: Ending): Promise<number> {
  const { accountId, id } = by.session;
  return transaction(async (tx) => {
    const count = await endSessions(tx, { accountId, keepSessionId: id }, 'ended_by_you');
    if (count > 0) await recordAudit(tx, { ...auditOf(by, 'sessions.others_ended'), after: { count } });
    return count;
  });
}
