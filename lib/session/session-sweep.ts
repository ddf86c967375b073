import 'server-only';
import { database } from '@/lib/io/db';
import { errorFields, log } from '@/lib/io/log';
import { lapseOf, recordLapse } from './lapse';
import { policyOf } from './policy-in-force';
import { runningSessionsAfter, type SessionRow } from './session-row';

const page = 200;

/** A session whose policy cannot be read is left as it is: the next request fails closed, and the others are not held up. */
async function settle(row: SessionRow): Promise<void> {
  try {
    const lapse = lapseOf(row, policyOf(row.layers, { createdAt: row.accountCreatedAt }, row.now));
    if (lapse !== null) await recordLapse(row, lapse);
  } catch (error) {
    log().error({ ...errorFields(error), session: row.id }, 'a session could not be judged');
  }
}

/**
 * Writes down the end of sessions that nobody came back to, so that lists and the audit tell it. A session past its end is
 * refused by the next request whether this ran or not.
 */
export async function sweepSessions(): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await runningSessionsAfter(database(), { after, limit: page });
    for (const row of rows) await settle(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < page) return;
    after = last.id;
  }
}
