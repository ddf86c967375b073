import 'server-only';
import { and, eq, gt, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import {
  accounts,
  domainClaims,
  domainPolicies,
  memberships,
  organizations,
  secondFactorRules,
} from '@/drizzle/schema';
import { database } from '@/lib/io/db';
import { type Mandate, mandateDeadline } from '@/lib/policy/mandate';
import { strengthTowards } from '@/lib/policy/second-factor';
import { hours, type Instant } from '@/lib/policy/time';
import { factorRows, factorStanding, ruleMandate, strongestFactor } from '@/lib/session/factor-standing';
import { layersOf } from '@/lib/session/layers';
import { policyOf } from '@/lib/session/policy-in-force';

/** Somebody who does not reach a mandate, with the deadline that is theirs. */
export type Unready = {
  readonly accountId: string;
  readonly organizationId: string;
  readonly mandate: Mandate;
  readonly deadline: Instant;
};

/** A deadline further away than this asks for nothing yet; one longer past was told of long ago. */
const ahead = hours(12);
const behind = hours(48);

const isNear = (deadline: Instant, at: Instant) => deadline <= at + ahead && deadline > at - behind;

async function unreadyOfRules(at: Instant): Promise<readonly Unready[]> {
  const rows = await database()
    .select({
      rule: {
        id: secondFactorRules.id,
        activatedAt: secondFactorRules.activatedAt,
        effectiveFrom: secondFactorRules.effectiveFrom,
        graceHours: secondFactorRules.graceHours,
        minimumStrength: secondFactorRules.minimumStrength,
        raisedAt: secondFactorRules.raisedAt,
        raisedFrom: secondFactorRules.raisedFrom,
      },
      organization: organizations.name,
      organizationId: organizations.id,
      accountId: accounts.id,
      strength: strongestFactor,
      contactEmailVerified: sql<boolean>`${accounts.contactEmailProvenAt} is not null`,
    })
    .from(secondFactorRules)
    .innerJoin(organizations, eq(organizations.id, secondFactorRules.organizationId))
    .innerJoin(memberships, eq(memberships.organizationId, organizations.id))
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        isNull(secondFactorRules.deactivatedAt),
        or(isNull(secondFactorRules.pausedAt), gt(secondFactorRules.pausedAt, sql`now()`)),
        isNull(memberships.suspendedAt),
        isNull(accounts.closedAt),
        lt(strongestFactor, secondFactorRules.minimumStrength),
        or(gt(secondFactorRules.minimumStrength, 1), isNull(accounts.contactEmailProvenAt)),
      ),
    );
  return rows.flatMap(({ rule, organization, organizationId, accountId, ...has }) => {
    const mandate = ruleMandate(rule, organization);
    const deadline = mandateDeadline(mandate, strengthTowards(has));
    return deadline !== null && isNear(deadline, at)
      ? [{ accountId, organizationId, mandate, deadline }]
      : [];
  });
}

/** Claims in force whose active policy could demand a second factor. */
function demandingDomains() {
  return database()
    .selectDistinct({ domain: domainClaims.domain, organizationId: domainClaims.organizationId })
    .from(domainClaims)
    .innerJoin(
      domainPolicies,
      and(
        eq(domainPolicies.organizationId, domainClaims.organizationId),
        eq(domainPolicies.domain, domainClaims.domain),
      ),
    )
    .where(
      and(
        inArray(domainClaims.state, ['verified', 'at_risk']),
        isNotNull(domainPolicies.activatedAt),
        or(isNull(domainPolicies.deactivatedAt), gt(domainPolicies.deactivatedAt, sql`now()`)),
        sql`exists (select 1 from policy_versions v where v.policy_id = ${domainPolicies.id}
          and (v.body->>'secondFactorRequired')::boolean)`,
      ),
    );
}

const page = 500;

/** The next accounts of a domain behind an id that have no strongest possible factor. */
function accountsOf(domain: string, after: string) {
  return database()
    .select({
      id: accounts.id,
      createdAt: accounts.createdAt,
      contactEmailProvenAt: accounts.contactEmailProvenAt,
      emailCodeEnabledAt: accounts.emailCodeEnabledAt,
      defaultMethod: accounts.defaultMethod,
      passwordResetAt: accounts.passwordResetAt,
      frozenUntil: accounts.frozenUntil,
      factors: factorRows,
      layers: layersOf({ id: sql`accounts.id`, loginDomain: sql`accounts.login_domain` }),
    })
    .from(accounts)
    .where(
      and(
        sql`${domain} = any(domain_suffixes(${accounts.loginDomain}))`,
        isNull(accounts.closedAt),
        isNull(accounts.suspendedAt),
        gt(accounts.id, after),
        lt(strongestFactor, sql`4`),
      ),
    )
    .orderBy(accounts.id)
    .limit(page);
}

async function unreadyOfDomain(
  { domain, organizationId }: { readonly domain: string; readonly organizationId: string },
  at: Instant,
): Promise<readonly Unready[]> {
  const found: Unready[] = [];
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const people = await accountsOf(domain, after);
    for (const account of people) {
      const policy = policyOf(account.layers, account, at);
      const standing = factorStanding(
        { rows: account.factors, account, memberships: account.layers.memberships },
        policy,
        at,
      );
      for (const { mandate, deadline } of standing.deadlines)
        if (mandate.kind === 'domain' && mandate.name === domain && isNear(deadline, at))
          found.push({ accountId: account.id, organizationId, mandate, deadline });
    }
    const last = people.at(-1);
    if (last === undefined || people.length < page) return found;
    after = last.id;
  }
}

/** Everybody whose deadline, by an organization's rule or a domain's policy, is near and not met. */
export async function findUnready(at: Instant): Promise<readonly Unready[]> {
  const found = [...(await unreadyOfRules(at))];
  for (const domain of await demandingDomains()) found.push(...(await unreadyOfDomain(domain, at)));
  return found;
}
