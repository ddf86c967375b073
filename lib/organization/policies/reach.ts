import 'server-only';
import { type SQL, sql } from 'drizzle-orm';

/** How far a claimed domain reaches. */
export type Reach = { readonly domain: string; readonly includesSubdomains: boolean };

/**
 * Whether a domain's policy binds accounts with this login domain: of the claims in force that reach it, its own is the
 * most specific. Who falls under somebody else's claim below it is none of its people.
 */
export const reaches = ({ domain, includesSubdomains }: Reach, loginDomain: SQL): SQL =>
  includesSubdomains
    ? sql`${domain} = any(domain_suffixes(${loginDomain})) and (
        select c.domain from domain_claims c
        where c.domain = any(domain_suffixes(${loginDomain})) and c.state in ('verified', 'at_risk')
          and (c.domain = ${loginDomain} or c.includes_subdomains)
        order by char_length(c.domain) desc limit 1) = ${domain}`
    : sql`${loginDomain} = ${domain}`;
