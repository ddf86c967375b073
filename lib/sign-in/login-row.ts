import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/lib/io/db';
import { tokenHashes } from '@/lib/io/token';
import type { EffectivePolicy } from '@/lib/policy/effective';
import type { Instant } from '@/lib/policy/time';
import { type LayerRows, layersOf } from '@/lib/session/layers';
import { policyOf } from '@/lib/session/policy-in-force';

type Row = {
  account_id: string | null;
  created_at: number | null;
  is_proven: boolean;
  is_suspended: boolean;
  password_id: string | null;
  hash: string | null;
  set_at: number | null;
  is_temporary: boolean;
  validated_under: unknown;
  device_id: string | null;
  layers: LayerRows;
  now: number;
};

/** What one typed email stands for. The same statement and the same shape whether anybody has it or not. */
export type LoginRow = {
  readonly account: { readonly id: string; readonly isProven: boolean; readonly isSuspended: boolean } | null;
  readonly password: {
    readonly id: string;
    readonly hash: string;
    readonly setAt: Instant;
    readonly isTemporary: boolean;
    readonly validatedUnder: unknown;
  } | null;
  /** The browser, if it signed in fully to this account before. */
  readonly deviceId: string | null;
  /** For an email nobody has: the policy of its domain. */
  readonly policy: EffectivePolicy;
  readonly layers: LayerRows;
  readonly now: Instant;
};

function shape(row: Row): LoginRow {
  const { account_id: id, hash, password_id: passwordId, set_at: setAt } = row;
  const isThere = passwordId !== null && hash !== null && setAt !== null;
  return {
    account: id === null ? null : { id, isProven: row.is_proven, isSuspended: row.is_suspended },
    password: isThere
      ? { id: passwordId, hash, setAt, isTemporary: row.is_temporary, validatedUnder: row.validated_under }
      : null,
    deviceId: row.device_id,
    policy: policyOf(row.layers, { createdAt: row.created_at ?? row.now }, row.now),
    layers: row.layers,
    now: row.now,
  };
}

/** Account, password, known device and layers of policy for a normalized email, in one statement. */
export async function findLoginRow(
  typed: { readonly email: string; readonly domain: string },
  deviceCookie: string | null,
): Promise<LoginRow> {
  const devices = sql.param([...(deviceCookie === null ? [] : tokenHashes(deviceCookie))]);
  const [row] = await database().execute<Row>(sql`
    select accounts.id as account_id, epoch_ms(accounts.created_at)::float8 as created_at,
      accounts.login_email_proven_at is not null as is_proven, accounts.suspended_at is not null as is_suspended,
      p.id as password_id, p.hash, epoch_ms(p.set_at)::float8 as set_at, p.temporary_until is not null as is_temporary,
      p.validated_under,
      (select d.id from known_devices d where d.account_id = accounts.id and d.secret_hash = any(${devices}::text[])
        and d.voided_at is null and d.expires_at > clock_timestamp() limit 1) as device_id,
      ${layersOf({ id: sql`accounts.id`, loginDomain: sql`typed.domain` })} as layers,
      epoch_ms(clock_timestamp())::float8 as now
    from (select ${typed.email}::text as email, ${typed.domain}::text as domain) typed
    left join accounts on accounts.login_email = typed.email and accounts.closed_at is null
    left join passwords p on p.account_id = accounts.id and p.retired_at is null`);
  if (!row) throw new Error('the statement that looks for an account answers with one row');
  return shape(row);
}
