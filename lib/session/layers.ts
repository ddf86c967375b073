import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import {
  domainClaims,
  domainPolicies,
  organizations,
  policyActiveTimes,
  policyVersions,
  programmeItems,
} from '@/drizzle/schema';
import type { Cohort, ProgrammeControlKind } from '@/lib/policy/programme';
import type { Instant } from '@/lib/policy/time';

/** The domain policy in force as it travels inside JSON; every instant in epoch milliseconds. */
export type DomainLayerRow = {
  readonly claimId: string;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly organizationSlug: string;
  readonly domain: string;
  /** Null while the claim stands but its policy is not active. */
  readonly policyId: string | null;
  readonly versionId: string | null;
  readonly number: number | null;
  readonly body: unknown;
  readonly author: string | null;
  readonly since: Instant | null;
  readonly tightening: 'next_sign_in' | 'next_change' | 'by_date' | null;
  readonly tighteningBy: Instant | null;
  readonly expirationEnabledAt: Instant | null;
  readonly expirationSpreadDays: number | null;
  readonly secondFactorActivatedAt: Instant | null;
  readonly secondFactorRaisedAt: Instant | null;
  readonly secondFactorRaisedFrom: number | null;
};

/** A published item of the platform programme. */
export type ProgrammeItemRow = {
  readonly id: string;
  readonly control: ProgrammeControlKind;
  readonly values: unknown;
  readonly cohort: Cohort['kind'];
  readonly organizationIds: readonly string[];
  readonly startsAt: Instant;
  readonly endsAt: Instant | null;
  readonly spread: boolean;
  readonly publishedAt: Instant;
  readonly pauses: readonly { readonly at: Instant; readonly until: Instant | null }[];
  readonly author: string | null;
};

/** A membership with what the organization rule (L2) and the programme's cohorts need. */
export type MembershipRow = {
  readonly organizationId: string;
  readonly slug: string;
  readonly name: string;
  readonly plan: 'free' | 'pro' | 'enterprise';
  readonly role: 'owner' | 'admin' | 'member' | 'guest';
  readonly joinedAt: Instant;
  readonly suspendedAt: Instant | null;
  readonly smsEnabledAt: Instant | null;
  readonly passwordPromptedAt: Instant | null;
  readonly reproofRequiredAt: Instant | null;
  readonly sessionsEndedAt: Instant | null;
  readonly createdAccountAt: Instant | null;
  readonly secondFactorRule: {
    readonly id: string;
    readonly activatedAt: Instant;
    readonly effectiveFrom: Instant;
    readonly graceHours: number;
    readonly minimumStrength: number;
    readonly raisedAt: Instant | null;
    readonly raisedFrom: number | null;
  } | null;
  readonly extensions: readonly { readonly itemId: string; readonly until: Instant }[];
};

/** What the resolver needs about one account, loaded by one sub-select. */
export type LayerRows = {
  readonly domain: DomainLayerRow | null;
  readonly programme: readonly ProgrammeItemRow[];
  readonly memberships: readonly MembershipRow[];
};

/** Claims and policies as they stand now, or as they stood at another moment, when an ended claim may have been in force. */
function standing(at: SQL | null) {
  if (at === null)
    return {
      moment: sql`now()`,
      claimed: sql`state in ('verified', 'at_risk')`,
      bound: sql`p.activated_at <= now() and (p.deactivated_at is null or p.deactivated_at > now())`,
      published: sql`i.published_at is not null and i.withdrawn_at is null`,
      joined: sql`true`,
    };
  return {
    moment: at,
    claimed: sql`verified_at <= ${at} and (ended_at is null or ended_at > ${at})`,
    bound: sql`((p.activated_at <= ${at} and (p.deactivated_at is null or p.deactivated_at > ${at}))
      or exists (select 1 from ${policyActiveTimes} t where t.policy_id = p.id and t.since <= ${at} and t.until > ${at}))`,
    published: sql`i.published_at <= ${at} and (i.withdrawn_at is null or i.withdrawn_at > ${at})`,
    joined: sql`m.created_at <= ${at}`,
  };
}
type Standing = ReturnType<typeof standing>;

/** The most specific claim that reaches a login domain. */
const claimBehind = (loginDomain: SQL, claimed: SQL): SQL => sql`${domainClaims}
  where domain = any(domain_suffixes(${loginDomain})) and ${claimed} and (domain = ${loginDomain} or includes_subdomains)
  order by char_length(domain) desc limit 1`;

/** Selects the organization that holds a login domain now. */
export const holderOf = (loginDomain: SQL): SQL =>
  sql`select organization_id from ${claimBehind(loginDomain, standing(null).claimed)}`;

/** The most specific claim in force for a login domain, and its active policy's version in force. */
function domainLayer(loginDomain: SQL, { moment, claimed, bound }: Standing): SQL {
  return sql`(
    select jsonb_build_object(
      'claimId', c.id, 'organizationId', c.organization_id, 'organizationName', o.name, 'organizationSlug', o.slug,
      'domain', c.domain, 'policyId', p.id, 'versionId', v.id, 'number', v.number, 'body', v.body, 'author', author.name,
      'since', epoch_ms(v.effective_from), 'tightening', v.tightening, 'tighteningBy', epoch_ms(v.tightening_by),
      'expirationEnabledAt', epoch_ms(v.expiration_enabled_at),
      'expirationSpreadDays', v.expiration_spread_days,
      'secondFactorActivatedAt', epoch_ms(v.second_factor_activated_at),
      'secondFactorRaisedAt', epoch_ms(v.second_factor_raised_at), 'secondFactorRaisedFrom', v.second_factor_raised_from)
    from (select * from ${claimBehind(loginDomain, claimed)}) c
    join ${organizations} o on o.id = c.organization_id
    left join ${domainPolicies} p
      on p.organization_id = c.organization_id and p.domain = c.domain and ${bound}
    left join lateral (
      select * from ${policyVersions}
      where policy_id = p.id and effective_from <= ${moment}
        and (revert_at is null or confirmed_at is not null or revert_at > ${moment})
      order by effective_from desc, number desc limit 1
    ) v on true
    left join accounts author on author.id = v.author_id
  )`;
}

const programmeAt = ({ published }: Standing) => sql`(
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', i.id, 'control', i.control, 'values', i.values, 'cohort', i.cohort, 'organizationIds', i.organization_ids,
    'startsAt', epoch_ms(i.starts_at), 'endsAt', epoch_ms(i.ends_at), 'spread', i.spread,
    'publishedAt', epoch_ms(i.published_at), 'pauses', i.pauses, 'author', author.name)), '[]')
  from ${programmeItems} i left join accounts author on author.id = i.created_by
  where ${published}
)`;
export const programmeRows = programmeAt(standing(null));

const membershipsOf = (accountId: SQL): SQL =>
  sql`(select * from memberships where account_id = ${accountId})`;

/** The organization that somebody is about to join who has no account yet. */
export type Joining = { readonly organizationId: string; readonly role: MembershipRow['role'] };

const membershipToBe = ({ organizationId, role }: Joining): SQL => sql`(
  select ${organizationId}::uuid as organization_id, ${role}::text as role, now() as created_at, now() as created_account_at,
    null::timestamptz as suspended_at, null::timestamptz as password_prompted_at, null::timestamptz as reproof_required_at,
    null::timestamptz as sessions_ended_at)`;

function membershipLayers(source: SQL, { joined }: Standing): SQL {
  return sql`(
    select coalesce(jsonb_agg(jsonb_build_object(
      'organizationId', o.id, 'slug', o.slug, 'name', o.name, 'plan', o.plan, 'role', m.role,
      'joinedAt', epoch_ms(m.created_at), 'suspendedAt', epoch_ms(m.suspended_at), 'smsEnabledAt', epoch_ms(o.sms_enabled_at),
      'passwordPromptedAt', epoch_ms(m.password_prompted_at), 'reproofRequiredAt', epoch_ms(m.reproof_required_at),
      'sessionsEndedAt', epoch_ms(m.sessions_ended_at),
      'createdAccountAt', epoch_ms(m.created_account_at),
      'secondFactorRule', (
        select jsonb_build_object('id', r.id, 'activatedAt', epoch_ms(r.activated_at), 'effectiveFrom', epoch_ms(r.effective_from),
          'graceHours', r.grace_hours, 'minimumStrength', r.minimum_strength, 'raisedAt', epoch_ms(r.raised_at), 'raisedFrom', r.raised_from)
        from second_factor_rules r
        where r.organization_id = o.id and r.deactivated_at is null and (r.paused_at is null or r.paused_at > now())),
      'extensions', (
        select coalesce(jsonb_agg(jsonb_build_object('itemId', e.item_id, 'until', epoch_ms(e.until))), '[]')
        from programme_extensions e where e.organization_id = o.id)
    ) order by o.name), '[]')
    from ${source} m join organizations o on o.id = m.organization_id
    where ${joined}
  )`;
}

/**
 * One JSON value with all layers of one account, for use inside any statement that has the account in reach.
 * `at` is given where another moment than now is asked about, for "what applied then".
 */
export function layersOf(account: { id: SQL; loginDomain: SQL }, at: SQL | null = null): SQL<LayerRows> {
  const asked = standing(at);
  return sql<LayerRows>`jsonb_build_object(
    'domain', ${domainLayer(account.loginDomain, asked)},
    'programme', ${programmeAt(asked)},
    'memberships', ${membershipLayers(membershipsOf(account.id), asked)})`;
}

/** The same for an account that does not exist yet: its domain's layer, and what the organization it joins brings with it. */
export function layersOfNewcomer(loginDomain: SQL, joining: Joining | null): SQL<LayerRows> {
  const asked = standing(null);
  return sql<LayerRows>`jsonb_build_object(
    'domain', ${domainLayer(loginDomain, asked)},
    'programme', ${programmeAt(asked)},
    'memberships', ${joining === null ? sql`'[]'::jsonb` : membershipLayers(membershipToBe(joining), asked)})`;
}
