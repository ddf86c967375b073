import 'server-only';
import { sql } from 'drizzle-orm';
import { accounts, domainClaims, memberships } from '@/drizzle/schema';

/** The organization that holds an account's login domain: the most specific claim in force wins. Needs `accounts` in reach. */
export const domainHolder = sql<string | null>`(
  select holder.organization_id from ${domainClaims} holder
  where holder.domain = any(domain_suffixes(${accounts.loginDomain})) and holder.state in ('verified', 'at_risk')
    and (holder.domain = ${accounts.loginDomain} or holder.includes_subdomains)
  order by char_length(holder.domain) desc limit 1
)`;

/**
 * The one place that says which accounts an organization manages (spec 1.1): the login email is proven, and its domain is
 * held by this organization or its invitation created the account, which has never belonged to another since.
 * Needs `memberships` and `accounts` in reach.
 */
export const isManaged = sql<boolean>`(
  ${accounts.loginEmailProvenAt} is not null
  and (${memberships.createdAccountAt} is not null or coalesce(${domainHolder} = ${memberships.organizationId}, false))
)`;
