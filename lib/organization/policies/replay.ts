import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/lib/io/db';
import { matchingEntry, parseAddress } from '@/lib/policy/cidr';
import type { AllowEntry } from '@/lib/policy/setting';
import type { Instant } from '@/lib/policy/time';
import { reaches } from './reach';
import type { PolicyRecord } from './records';

/** How far back sign-ins are replayed against an address list. */
export const replayDays = 30;

/** An address people signed in from that a list would refuse. */
export type RefusedAddress = {
  readonly address: string;
  readonly signIns: number;
  readonly people: number;
  readonly last: Instant;
};

export type Replay = {
  readonly signIns: number;
  readonly refusedSignIns: number;
  /** The most used first, a few of them. */
  readonly refused: readonly RefusedAddress[];
  /** When somebody last came in through an entry; an entry nobody used is missing. */
  readonly lastHits: Readonly<Record<string, Instant>>;
};

const shown = 10;

type AddressRow = { address: string; sign_ins: number; people: number; last: number };

/** What a list would have done to the sign-ins of the last 30 days, whatever its mode. */
export async function replayList(policy: PolicyRecord, entries: readonly AllowEntry[]): Promise<Replay> {
  if (!policy.isClaimed) return { signIns: 0, refusedSignIns: 0, refused: [], lastHits: {} };
  const rows = await database().execute<AddressRow>(sql`
    select s.address, count(*)::int as sign_ins, count(distinct s.account_id)::int as people,
      (extract(epoch from max(s.last_active_at)) * 1000)::float8 as last
    from sessions s join accounts a on a.id = s.account_id
    where ${reaches(policy, sql`a.login_domain`)} and s.address is not null and s.created_at > now() - make_interval(days => ${replayDays})
    group by s.address order by 2 desc, 1`);
  const lastHits: Record<string, Instant> = {};
  const refused: RefusedAddress[] = [];
  for (const { address, sign_ins: signIns, people, last } of rows) {
    const parsed = parseAddress(address);
    const entry = parsed === null ? null : matchingEntry(entries, parsed, policy.now);
    if (entry === null) refused.push({ address, signIns, people, last });
    else lastHits[entry.cidr] = Math.max(lastHits[entry.cidr] ?? 0, last);
  }
  const sum = (all: readonly { readonly signIns: number }[]) =>
    all.reduce((total, one) => total + one.signIns, 0);
  return {
    signIns: sum(rows.map((row) => ({ signIns: row.sign_ins }))),
    refusedSignIns: sum(refused),
    refused: refused.slice(0, shown),
    lastHits,
  };
}
