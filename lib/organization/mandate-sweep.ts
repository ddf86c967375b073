import 'server-only';
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { sessions } from '@/drizzle/schema';
import { accountChain, recordAudit } from '@/lib/io/audit';
import { database, now, type Transaction, transaction } from '@/lib/io/db';
import { notifyMany } from '@/lib/io/notify-many';
import { mandateReminder } from '@/lib/policy/mandate';
import { hours, type Instant } from '@/lib/policy/time';
import { tellSignedOut } from '@/lib/session/lapse';
import { findUnready, type Unready } from './unready-members';

/** One announcement per mandate, deadline and step: the keys make each mail go out once. */
async function remind(unready: readonly Unready[], at: Instant): Promise<void> {
  const groups = new Map<string, Unready[]>();
  for (const one of unready) {
    const step = mandateReminder(one.deadline, { graceHours: one.mandate.graceHours, now: at });
    if (step === null) continue;
    const key = `mandate:${one.mandate.id}:${one.deadline}:${step}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  for (const [key, people] of groups) {
    const [first] = people;
    if (!first) continue;
    const hoursLeft = Math.max(1, Math.ceil((first.deadline - at) / hours(1)));
    const data = { organization: first.mandate.name, hours: hoursLeft, dueAt: first.deadline };
    await transaction((tx) =>
      notifyMany(tx, {
        key,
        organizationId: first.organizationId,
        notice: { kind: 'mandate_reminder', data },
        accountIds: people.map(({ accountId }) => accountId),
      }),
    );
  }
}

const beganBefore = (deadline: Instant): SQL =>
  sql`${sessions.createdAt} < ${new Date(deadline).toISOString()}::timestamptz`;

/** Ends what was running at the deadline, once; sessions begun after it are judged by duties and doors. */
async function signOut(tx: Transaction, { accountId, mandate, deadline }: Unready): Promise<void> {
  const ended = await tx
    .update(sessions)
    .set({ endedAt: sql`clock_timestamp()`, endedReason: 'second_factor_deadline' })
    .where(and(eq(sessions.accountId, accountId), isNull(sessions.endedAt), beganBefore(deadline)))
    .returning({ id: sessions.id });
  if (ended.length === 0) return;
  await tellSignedOut(tx, accountId, { mandate, deadline });
  await recordAudit(tx, {
    chain: accountChain(accountId),
    event: 'sessions.ended_at_second_factor_deadline',
    actor: { kind: 'system', id: null },
    result: 'success',
    after: { count: ended.length },
    reason: mandate.name,
  });
}

/**
 * Reminds 12 hours and 1 hour before, and signs out at the deadline, those who are not ready. It only tells and tidies: a
 * session past its deadline is refused by the next request whether this ran or not.
 */
export async function sweepMandates(): Promise<void> {
  const at = await now(database());
  const unready = await findUnready(at);
  await remind(unready, at);
  for (const one of unready) if (one.deadline <= at) await transaction((tx) => signOut(tx, one));
}
