import 'server-only';
import publicProviders from 'email-providers/all.json';
import { getDomain, getPublicSuffix } from 'tldts';
import { type DomainFault, parseDomain } from '@/lib/policy/domain-name';
import { fail, ok, type Result } from '@/lib/policy/result';

export type ClaimableFault =
  | DomainFault
  /** Anybody can get a mailbox there, so nobody can own the people in it. */
  | { readonly code: 'public_provider'; readonly provider: string }
  /** Registries sell names under it, as under co.uk or github.io. */
  | { readonly code: 'public_suffix' };

/** Reserved for documentation (RFC 2606); lists of providers hold some of them by mistake. */
const reserved = new Set(['example.com', 'example.net', 'example.org']);
const providers = new Set(publicProviders.filter((domain) => !reserved.has(domain)));
const options = { allowPrivateDomains: true } as const;

/** The part of a pasted address or URL that names a domain. */
const bare = (typed: string) =>
  typed
    .trim()
    .replace(/^https?:\/\//iu, '')
    .replace(/^.*@/u, '')
    .replace(/[/?#].*$/u, '');

/** Whether a domain can belong to one organization: it parses, and is neither a mail provider's nor a registry's. */
export function checkClaimable(typed: string): Result<string, ClaimableFault> {
  const parsed = parseDomain(bare(typed));
  if (!parsed.ok) return parsed;
  const domain = parsed.value;
  if (getPublicSuffix(domain, options) === domain) return fail({ code: 'public_suffix' });
  const provider = [domain, getDomain(domain, options)].find((name) => name !== null && providers.has(name));
  return provider ? fail({ code: 'public_provider', provider }) : ok(domain);
}
