import 'server-only';
import { and, desc, eq, isNotNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { outbox } from '@/drizzle/schema';
import { clientAddress } from './client-address';
import { database } from './db';
import { type DemoSheet, readDemoSheet } from './demo-sheet';
import { settings } from './env';
import { isLoopbackHost } from './env-fields';
import { copyContext } from './outbox-delivery';
import { unseal } from './seal';

/** A message as the outside world would have received it. */
export type DeskMessage = {
  readonly id: string;
  readonly channel: 'email' | 'sms';
  readonly to: string;
  readonly from: string;
  readonly subject: string | null;
  readonly text: string;
  readonly html: string | null;
  readonly sentAt: string;
};

const copy = z.object({
  from: z.string(),
  subject: z.string().nullable(),
  text: z.string(),
  html: z.string().nullable(),
});

export const isDeskOn = (): boolean => settings().desk;

/**
 * The desk is for somebody at this machine. A request that somebody passed on came from elsewhere; the server in front says so,
 * whatever page it was sent to.
 */
export function isAtThisMachine(headers: Pick<Headers, 'get'>): boolean {
  const address = clientAddress(headers);
  return address !== null && isLoopbackHost(address) && headers.get('x-gatehouse-forwarded') === null;
}

/** Everything after a message of this id, by the time of delivery. */
const laterThan = (id: string) => sql`(${outbox.deliveredAt}, ${outbox.sequence}) >
  (select delivered_at, sequence from outbox where id = ${id}::uuid)`;

/** What was delivered to the desk, newest first; `to` and `after` narrow it. */
export async function deskMessages(
  filter: { readonly to?: string | undefined; readonly after?: string | undefined } = {},
  limit = 200,
): Promise<readonly DeskMessage[]> {
  const rows = await database()
    .select({
      id: outbox.id,
      channel: outbox.channel,
      to: outbox.recipient,
      sealedCopy: outbox.sealedCopy,
      deliveredAt: outbox.deliveredAt,
    })
    .from(outbox)
    .where(
      and(
        isNotNull(outbox.sealedCopy),
        isNotNull(outbox.deliveredAt),
        filter.to === undefined ? undefined : eq(sql`lower(${outbox.recipient})`, filter.to.toLowerCase()),
        filter.after === undefined ? undefined : laterThan(filter.after),
      ),
    )
    .orderBy(desc(outbox.deliveredAt), desc(outbox.sequence))
    .limit(limit);
  return rows.flatMap(({ sealedCopy, deliveredAt, ...row }) =>
    sealedCopy === null || deliveredAt === null
      ? []
      : [
          {
            ...row,
            ...copy.parse(JSON.parse(unseal(sealedCopy, copyContext(row.id)))),
            sentAt: new Date(deliveredAt).toISOString(),
          },
        ],
  );
}

/** The demo of this database, for whoever is at the desk; null where none was seeded. */
export const demoSheet = (): Promise<DemoSheet | null> => readDemoSheet(database());
