import 'server-only';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { knownDevices } from '@/drizzle/schema';
import type { Executor, Transaction } from '@/lib/io/db';
import { hashToken, newId, newToken, tokenHashes } from '@/lib/io/token';
import { knownDeviceLifetime, knownDevicesMax } from '@/lib/policy/lockout';
import type { Instant } from '@/lib/policy/time';

const lifetime = sql`make_interval(secs => ${knownDeviceLifetime / 1000})`;

const isLive = and(isNull(knownDevices.voidedAt), sql`${knownDevices.expiresAt} > clock_timestamp()`);

/** The device a browser's cookie names, if it is this account's and live; anything else is an unknown browser. */
export async function findKnownDevice(
  executor: Executor,
  accountId: string,
  cookie: string | null,
): Promise<string | null> {
  if (cookie === null) return null;
  const [row] = await executor
    .select({ id: knownDevices.id })
    .from(knownDevices)
    .where(
      and(
        eq(knownDevices.accountId, accountId),
        inArray(knownDevices.secretHash, [...tokenHashes(cookie)]),
        isLive,
      ),
    );
  return row?.id ?? null;
}

export type RememberedDevice = {
  readonly id: string;
  /** The cookie's value; it leaves once, to the browser it names. */
  readonly secret: string;
  readonly expiresAt: Instant;
  readonly isNew: boolean;
};

const fields = { id: knownDevices.id, expiresAt: knownDevices.expiresAt };

/** A complete sign-in makes the browser known, or keeps it known for another 90 days under a new secret. */
export async function rememberDevice(
  tx: Transaction,
  browser: {
    readonly accountId: string;
    readonly deviceId: string | null;
    readonly userAgent: string | null;
  },
): Promise<RememberedDevice> {
  const secret = newToken();
  const seen = {
    secretHash: hashToken(secret),
    userAgent: browser.userAgent,
    lastUsedAt: sql`clock_timestamp()`,
    expiresAt: sql`clock_timestamp() + ${lifetime}`,
  };
  const [known] =
    browser.deviceId === null
      ? []
      : await tx
          .update(knownDevices)
          .set(seen)
          .where(
            and(eq(knownDevices.id, browser.deviceId), eq(knownDevices.accountId, browser.accountId), isLive),
          )
          .returning(fields);
  if (known) return { ...known, secret, isNew: false };
  const [made] = await tx
    .insert(knownDevices)
    .values({ ...seen, id: newId(), accountId: browser.accountId })
    .returning(fields);
  if (!made) throw new Error('the device was not returned');
  await dropOldest(tx, browser.accountId);
  return { ...made, secret, isNew: true };
}

async function dropOldest(tx: Transaction, accountId: string): Promise<void> {
  await tx.execute(sql`
    update known_devices set voided_at = clock_timestamp()
    where id in (select id from known_devices where account_id = ${accountId} and voided_at is null
      order by last_used_at desc, id desc offset ${knownDevicesMax})`);
}

/** A password change, a reset and "end sessions" make every browser unknown again. */
export async function voidKnownDevices(tx: Transaction, accountId: string): Promise<void> {
  await tx
    .update(knownDevices)
    .set({ voidedAt: sql`clock_timestamp()` })
    .where(and(eq(knownDevices.accountId, accountId), isNull(knownDevices.voidedAt)));
}
