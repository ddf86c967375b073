import 'server-only';
import { desc, eq } from 'drizzle-orm';
import { outbox } from '@/drizzle/schema';
import { database } from '@/lib/io/db';
import { payloadContext } from '@/lib/io/outbox';
import { unseal } from '@/lib/io/seal';

/** The link in the newest mail to an address, as its reader would find it. */
export async function openPayload(recipient: string): Promise<string> {
  const [row] = await database()
    .select({ id: outbox.id, sealed: outbox.sealedPayload })
    .from(outbox)
    .where(eq(outbox.recipient, recipient))
    .orderBy(desc(outbox.sequence))
    .limit(1);
  if (!row?.sealed) throw new Error(`no mail with a link to ${recipient}`);
  const opened: { url: string } = JSON.parse(String(unseal(row.sealed, payloadContext(row.id))));
  return opened.url;
}
