import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '@/lib/io/db';
import { seal } from '@/lib/io/seal';
import { hashCode } from '@/lib/io/token';
import type { Instant } from '@/lib/policy/time';
import { limitAnswer, limitColumns, type SendLimit, withinLimits } from './code-limits';
import {
  type CodeUse,
  codeContext,
  destinationContext,
  destinationKey,
  isSlowMail,
  newReferences,
  servesUse,
} from './code-record';

export type CodeRequest = CodeUse & {
  /** A normalized email address, or a number in E.164. */
  readonly destination: string;
  /** Whether the recipient was proven before; an unproven one has a small pool of its own. */
  readonly proven: boolean;
  /** From the policy in force: `values.codeLifetimeMinutes`. */
  readonly lifetimeMinutes: number;
  /** The client's address, for the caps. */
  readonly address: string | null;
};

export type IssuedRow = {
  /** Until when each limit holds. */
  waits: Readonly<Record<SendLimit, Instant | null>>;
  /** Null when a limit held. */
  id: string | null;
  reference: string;
  made_at: number;
};

/** Codes of one account, to one recipient and from one client address are counted one after another. */
async function takeTurn(tx: Transaction, keys: readonly (string | null)[]): Promise<void> {
  for (const key of keys) {
    if (key !== null) await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
  }
}

const bindingColumns = ({ binding }: CodeUse): SQL =>
  sql`${binding.attemptId ?? null}::uuid, ${binding.sessionId ?? null}::uuid`;

/** The wrong tries of the code that this one replaces; a code that was used, spent or cooled down leaves none. */
const inheritedTries = (use: CodeUse): SQL => sql`coalesce((
  select case when consumed_at is null and coalesce(void_reason, 'replaced') = 'replaced' then wrong_tries else 0 end
  from one_time_codes where ${servesUse(use)} order by created_at desc, id desc limit 1), 0)`;

const unusedReference = (use: CodeUse): SQL => sql`(
  select candidate from unnest(${sql.param([...newReferences()])}::text[]) candidate
  where candidate not in (select reference from one_time_codes where ${servesUse(use)}) limit 1)`;

/** Writes the code if no limit holds, in one statement; always answers with the limits. */
export async function issueCode(
  tx: Transaction,
  request: CodeRequest,
  made: { readonly id: string; readonly code: string },
): Promise<IssuedRow> {
  const recipient = destinationKey(request.channel, request.destination);
  const addressKey = request.address === null ? null : destinationKey(request.channel, request.address);
  await takeTurn(tx, [`codes:${request.accountId}`, recipient, request.proven ? null : addressKey]);
  const slow = request.channel === 'email' && isSlowMail(request.destination);
  const scope = { ...request, slow, destinationKey: recipient, addressKey, sameRequest: servesUse(request) };
  const rows = await tx.execute<IssuedRow>(sql`
    with waits as (select ${limitColumns(scope)}),
    issued as (
      insert into one_time_codes (id, purpose, channel, account_id, attempt_id, session_id, code_hash, reference,
        destination, destination_key, address_key, proven, lifetime_minutes, wrong_tries, created_at)
      select ${made.id}::uuid, ${request.purpose}, ${request.channel}, ${request.accountId}::uuid, ${bindingColumns(request)},
        ${hashCode(made.code, codeContext(request))}, ${unusedReference(request)},
        ${seal(request.destination, destinationContext(made.id))}, ${recipient}, ${addressKey}, ${request.proven},
        ${request.lifetimeMinutes}::int, ${inheritedTries(request)}, clock_timestamp()
      from waits where ${withinLimits}
      returning id, reference, created_at
    )
    select ${limitAnswer} as waits, issued.id, issued.reference, epoch_ms(issued.created_at)::float8 as made_at
    from waits left join issued on true`);
  const [row] = rows;
  if (!row) throw new Error('the statement that issues a code answers with one row');
  return row;
}
