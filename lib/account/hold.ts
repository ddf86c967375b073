import 'server-only';
import { sql } from 'drizzle-orm';
import type { Executor } from '@/lib/io/db';
import { fail, ok, type Result } from '@/lib/policy/result';
import type { Instant } from '@/lib/policy/time';
import type { AccountActor } from './actor';

/** Whoever reads one of the mailboxes asked that nothing about the sign-in changes until then. */
export type Held = { readonly code: 'frozen'; readonly until: Instant };

type Who = Pick<AccountActor, 'accountId' | 'binding'>;

/** A proof that is neither the password nor a mailbox was given in this session or attempt; a PIN that an admin handed over is one. */
const provenByFactor = ({ binding }: Who) =>
  binding.attemptId === undefined
    ? sql`exists (select 1 from sessions s where s.id = ${binding.sessionId} and s.reauthentication_strength >= 2)`
    : sql`exists (select 1 from sign_in_attempts t where t.id = ${binding.attemptId}
        and t.second_factor_verified_at is not null and t.second_factor_method in ('sms', 'totp', 'passkey', 'backup', 'hand_over'))`;

/**
 * Whether this person may change how the account signs in. While it is on hold, a password or a mailbox alone may not; a bound
 * factor or a backup code decides despite it (spec 3.1, 4.1), and an admin ends it.
 */
export async function checkHold(executor: Executor, who: Who): Promise<Result<null, Held>> {
  const [row] = await executor.execute<{ until: number }>(sql`
    select epoch_ms(frozen_until)::float8 as until from accounts
    where id = ${who.accountId} and frozen_until > clock_timestamp() and not ${provenByFactor(who)}`);
  return row ? fail({ code: 'frozen', until: row.until }) : ok(null);
}
