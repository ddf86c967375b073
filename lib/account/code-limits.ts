import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Instant } from '@/lib/policy/time';

/** Which of the limits on sending made somebody wait. */
export const sendLimits = [
  'resend',
  'attempt',
  'account_hour',
  'account_day',
  'number_day',
  'recipient_day',
  'address_hour',
] as const;
export type SendLimit = (typeof sendLimits)[number];

type Limit = { readonly count: number; readonly windowMinutes: number; readonly counted: SQL };

/** What the limits look at, as values of the statement. */
export type SendScope = {
  readonly accountId: string;
  readonly channel: 'email' | 'sms';
  readonly destinationKey: string;
  readonly addressKey: string | null;
  readonly proven: boolean;
  /** Mail to this recipient tends to be late: the next code waits twice as long. */
  readonly slow: boolean;
  /** Same purpose, same channel, same attempt or session. */
  readonly sameRequest: SQL;
};

const unused = sql`consumed_at is null and forgiven_at is null`;
const hour = 60;
const day = 24 * hour;

function limitsOf(scope: SendScope): Readonly<Record<SendLimit, Limit | null>> {
  const ofAccount = sql`account_id = ${scope.accountId} and proven = ${scope.proven} and ${unused}`;
  const toRecipient = sql`destination_key = ${scope.destinationKey}`;
  const isSms = scope.channel === 'sms';
  const fromAddress = sql`address_key = ${scope.addressKey} and channel = 'sms' and not proven and ${unused}`;
  return {
    resend: {
      count: 1,
      windowMinutes: scope.slow ? 2 : 1,
      counted: sql`${scope.sameRequest} and ${toRecipient} and ${unused}`,
    },
    attempt: { count: 5, windowMinutes: hour, counted: sql`${scope.sameRequest} and ${unused}` },
    account_hour: { count: 10, windowMinutes: hour, counted: ofAccount },
    account_day: { count: 20, windowMinutes: day, counted: ofAccount },
    number_day: isSms
      ? { count: 5, windowMinutes: day, counted: sql`${toRecipient} and channel = 'sms' and ${unused}` }
      : null,
    recipient_day: scope.proven
      ? null
      : { count: 3, windowMinutes: day, counted: sql`${toRecipient} and not proven and ${unused}` },
    address_hour:
      isSms && !scope.proven && scope.addressKey !== null
        ? { count: 20, windowMinutes: hour, counted: fromAddress }
        : null,
  };
}

/** Until when a limit holds: the moment the oldest of its last `count` messages leaves the window. Null while there is room. */
function heldUntil({ count, windowMinutes, counted }: Limit): SQL {
  const length = sql`make_interval(mins => ${windowMinutes})`;
  return sql`(select created_at + ${length} from one_time_codes
    where ${counted} and created_at + ${length} > clock_timestamp()
    order by created_at desc offset ${count - 1} limit 1)`;
}

/** One column for each limit, named after it: until when it holds, or null. */
export function limitColumns(scope: SendScope): SQL {
  const limits = limitsOf(scope);
  const columns = sendLimits.map((name) => {
    const limit = limits[name];
    const until = limit === null ? sql`null::timestamptz` : heldUntil(limit);
    return sql`${until} as ${sql.identifier(name)}`;
  });
  return sql.join(columns, sql`, `);
}

/** All limits as one JSON object of epoch milliseconds, for the answer. */
export const limitAnswer: SQL = sql`jsonb_build_object(${sql.join(
  sendLimits.map((name) => sql`${sql.raw(`'${name}'`)}, epoch_ms(waits.${sql.identifier(name)})`),
  sql`, `,
)})`;

/** True in the statement when no limit holds. */
export const withinLimits: SQL = sql`coalesce(${sql.join(
  sendLimits.map((name) => sql`waits.${sql.identifier(name)}`),
  sql`, `,
)}) is null`;

/** The limit that makes somebody wait longest, and until when. */
export function longestWait(
  waits: Readonly<Record<SendLimit, Instant | null>>,
): { readonly limit: SendLimit; readonly until: Instant } | null {
  const held = sendLimits.flatMap((limit) => {
    const until = waits[limit];
    return until === null ? [] : [{ limit, until }];
  });
  return held.sort((a, b) => b.until - a.until)[0] ?? null;
}
