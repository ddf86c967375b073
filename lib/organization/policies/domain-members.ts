import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Executor } from '@/lib/io/db';
import { stableFraction } from '@/lib/io/fraction';
import type { RuleTuple } from '@/lib/policy/password';
import type { PreviewFacts } from '@/lib/policy/preview';
import type { FactorFacts } from '@/lib/policy/second-factor';
import type { Instant } from '@/lib/policy/time';
import { type LayerRows, layersOf } from '@/lib/session/layers';
import { validatedRules } from '@/lib/session/validated-rules';
import { reaches } from './reach';

/** An account of the domain, with all that a preview asks about it. */
export type DomainMember = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly createdAt: Instant;
  readonly facts: PreviewFacts;
  /** Null where the platform programme is empty: then only the domain's own layer binds. */
  readonly layers: LayerRows | null;
};

export type MemberScope = {
  readonly domain: string;
  readonly includesSubdomains: boolean;
  /** What the comparison looks at; the rest is not loaded. */
  readonly needs: { readonly lastAddress: boolean; readonly spread: boolean };
  /** Only these accounts, such as the owners or one member. */
  readonly only?: readonly string[];
  readonly after?: string;
};

const batchSize = 10_000;
const sliceSize = 1000;

type SessionTuple = readonly ['web' | 'mobile' | 'desktop', string, number, number, number | null];
type MemberRow = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly created_at: number;
  readonly contact: boolean;
  readonly email_code: boolean;
  readonly password_set_at: number | null;
  readonly validated_under: string | null;
  readonly totp: boolean;
  readonly sms: boolean;
  readonly passkey: boolean;
  readonly sessions: readonly SessionTuple[] | null;
  readonly last_address: string | null;
  readonly layers: LayerRows | null;
};

const oneOfThem = (ids: readonly string[]): SQL =>
  sql` and a.id in (${sql.join(
    ids.map((id) => sql`${id}::uuid`),
    sql`, `,
  )})`;

type Page = { readonly scope: MemberScope; readonly after: string; readonly hasProgramme: boolean };

/**
 * Everything about a person is looked up by the person's own index, one after the other: a batch costs the same
 * whether the tables around it hold ten thousand people or ten million, with statistics or before there are any.
 */
function statement({ scope, after, hasProgramme }: Page): SQL {
  const ms = (column: string) => sql.raw(`date_part('epoch', ${column}) * 1000`);
  const lastAddress = scope.needs.lastAddress
    ? sql`(select s.address from sessions s where s.account_id = b.id and s.address is not null
        order by s.created_at desc limit 1)`
    : sql`null`;
  const layers = hasProgramme ? layersOf({ id: sql`b.id`, loginDomain: sql`b.login_domain` }) : sql`null`;
  return sql`
    with b as materialized (
      select a.id, a.name, a.login_email, a.login_domain, a.created_at, a.contact_email_proven_at, a.email_code_enabled_at
      from accounts a
      where ${reaches(scope, sql`a.login_domain`)} and a.closed_at is null and a.suspended_at is null and a.id > ${after}::uuid
        ${scope.only === undefined ? sql`` : oneOfThem(scope.only)}
      order by a.id limit ${batchSize}
    )
    select b.id, b.name, b.login_email as email, ${ms('b.created_at')} as created_at,
      b.contact_email_proven_at is not null as contact, b.email_code_enabled_at is not null as email_code,
      ${ms('p.set_at')} as password_set_at, p.validated_under::text as validated_under,
      exists (select 1 from totp_authenticators t
        where t.account_id = b.id and t.confirmed_at is not null and t.removed_at is null) as totp,
      exists (select 1 from phone_numbers n
        where n.account_id = b.id and n.confirmed_at is not null and n.removed_at is null) as sms,
      exists (select 1 from passkeys k where k.account_id = b.id and k.removed_at is null) as passkey,
      (select json_agg(json_build_array(s.kind, s.address, ${ms('s.created_at')}, ${ms('s.last_active_at')},
        s.overall_minutes_at_creation)) from sessions s where s.account_id = b.id and s.ended_at is null) as sessions,
      ${lastAddress} as last_address, ${layers} as layers
    from b
    left join lateral (
      select w.set_at, w.validated_under from passwords w where w.account_id = b.id and w.retired_at is null limit 1
    ) p on true
    order by b.id`;
}

function factorsOf(row: MemberRow): FactorFacts {
  const bound: ('sms' | 'totp' | 'passkey')[] = [];
  if (row.sms) bound.push('sms');
  if (row.totp) bound.push('totp');
  if (row.passkey) bound.push('passkey');
  return {
    bound,
    contactEmailVerified: row.contact,
    emailCodeSwitchedOn: row.email_code,
    backupCodesLeft: 0,
    preferred: null,
    passwordResetAt: null,
    frozenUntil: null,
  };
}

/** Few different rules are kept with many passwords, so each text is read once. */
function ruleReader(): (stored: string | null) => RuleTuple | null {
  const known = new Map<string, RuleTuple | null>();
  return (stored) => {
    if (stored === null) return null;
    if (!known.has(stored)) known.set(stored, validatedRules(JSON.parse(stored)));
    return known.get(stored) ?? null;
  };
}

function factsOf(
  row: MemberRow,
  needs: MemberScope['needs'],
  rules: ReturnType<typeof ruleReader>,
): PreviewFacts {
  const sessions = (row.sessions ?? []).map(([kind, address, createdAt, lastActiveAt, minutes]) => {
    return { kind, address, createdAt, lastActiveAt, overallMinutesAtCreation: minutes };
  });
  const changedAt = row.password_set_at;
  const spread = needs.spread ? stableFraction(row.id) : 0;
  const password = changedAt === null ? null : { changedAt, spread, validated: rules(row.validated_under) };
  const lastAddress = row.last_address;
  return { sessions, lastAddress, password, factors: factorsOf(row), sso: false };
}

const memberOf = (
  row: MemberRow,
  needs: MemberScope['needs'],
  rules: ReturnType<typeof ruleReader>,
): DomainMember => ({
  id: row.id,
  name: row.name,
  email: row.email,
  createdAt: row.created_at,
  facts: factsOf(row, needs, rules),
  layers: row.layers,
});

const first = '00000000-0000-0000-0000-000000000000';

/** Lets the next batch be asked for, and other requests be answered, while many people are looked at. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Everybody a domain's policy binds, in batches by key, so that a hundred thousand need no more room than ten. */
export async function* domainMembers(
  executor: Executor,
  scope: MemberScope,
): AsyncGenerator<readonly DomainMember[]> {
  const [programme] = await executor.execute<{ exists: boolean }>(
    sql`select exists (select 1 from programme_items where published_at is not null and withdrawn_at is null)`,
  );
  const rules = ruleReader();
  // Asynchronous, because a statement is not sent before somebody waits for it.
  const load = async (after: string): Promise<readonly MemberRow[]> =>
    executor.execute<MemberRow>(statement({ scope, after, hasProgramme: programme?.exists ?? true }));
  let next: ReturnType<typeof load> | null = load(scope.after ?? first);
  try {
    while (next !== null) {
      const rows: readonly MemberRow[] = await next;
      const last = rows.at(-1);
      next = last === undefined || rows.length < batchSize ? null : load(last.id);
      for (let from = 0; from < rows.length; from += sliceSize) {
        await turn();
        yield rows.slice(from, from + sliceSize).map((row) => memberOf(row, scope.needs, rules));
      }
    }
  } finally {
    // Whoever asked may stop early; what is on its way then has nobody else to wait for it.
    if (next !== null) await Promise.allSettled([next]);
  }
}
