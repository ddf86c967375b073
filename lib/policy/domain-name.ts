import { unicodeLabel } from './punycode';
import { fail, ok, type Result } from './result';

export type DomainFault =
  | { readonly code: 'domain_missing' }
  | { readonly code: 'domain_single_label' }
  | { readonly code: 'domain_illegal' }
  | { readonly code: 'domain_too_long' }
  | { readonly code: 'domain_ip_literal' }
  | { readonly code: 'domain_mixed_scripts'; readonly label: string };

const scripts = [
  'Latin Greek Cyrillic Armenian Hebrew Arabic Syriac Thaana Devanagari Bengali Gurmukhi Gujarati Oriya Tamil',
  'Telugu Kannada Malayalam Sinhala Thai Lao Tibetan Myanmar Georgian Ethiopic Cherokee Khmer Mongolian',
  'Hangul Hiragana Katakana Bopomofo Han',
]
  .join(' ')
  .split(' ')
  .map((name) => ({ name, pattern: new RegExp(`\\p{Script=${name}}`, 'u') }));

/** Scripts that one language writes together (UTS 39, without Latin beside them). */
const together = [
  ['Hiragana', 'Katakana', 'Han'],
  ['Hangul', 'Han'],
  ['Bopomofo', 'Han'],
];

function mixesScripts(label: string): boolean {
  const found = scripts.filter(({ pattern }) => pattern.test(label)).map(({ name }) => name);
  return found.length > 1 && !together.some((set) => found.every((name) => set.includes(name)));
}

const ldhLabel = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const domainLengthMax = 253;

/**
 * A domain as it is stored and compared: lower case, A-labels, no trailing dot. At least two labels, LDH or
 * IDNA, no IP address, no label that mixes scripts.
 */
export function parseDomain(typed: string): Result<string, DomainFault> {
  const text = typed.replace(/\.$/, '');
  if (text === '') return fail({ code: 'domain_missing' });
  if (/^\[.*\]$/.test(text) || /^[0-9.]+$/.test(text)) return fail({ code: 'domain_ip_literal' });
  if (/[^\p{L}\p{M}\p{N}.\-\u3002\uff0e\uff61\u200c\u200d]/u.test(text))
    return fail({ code: 'domain_illegal' });
  const url = `https://${text}/`;
  if (text.length > 1000) return fail({ code: 'domain_too_long' });
  if (!URL.canParse(url)) return fail({ code: 'domain_illegal' });
  const domain = new URL(url).hostname;
  if (domain.length > domainLengthMax) return fail({ code: 'domain_too_long' });
  const labels = domain.split('.');
  if (/^[0-9]+$/.test(labels.at(-1) ?? '')) return fail({ code: 'domain_ip_literal' });
  if (!labels.every((label) => ldhLabel.test(label))) return fail({ code: 'domain_illegal' });
  if (labels.length < 2) return fail({ code: 'domain_single_label' });
  for (const label of labels) {
    const unicode = unicodeLabel(label);
    if (unicode === null) return fail({ code: 'domain_illegal' });
    if (mixesScripts(unicode)) return fail({ code: 'domain_mixed_scripts', label: unicode });
  }
  return ok(domain);
}

export type ClaimedDomain = { readonly domain: string; readonly includesSubdomains: boolean };

/** Whether a domain (canonical form) falls under a claim. Neither a suffix nor a prefix is enough. */
export const inDomain = (domain: string, claim: ClaimedDomain): boolean =>
  domain === claim.domain || (claim.includesSubdomains && domain.endsWith(`.${claim.domain}`));

/** The most specific of the verified claims a domain falls under, or null. */
export function bindingClaim<C extends ClaimedDomain>(domain: string, verified: readonly C[]): C | null {
  const matching = verified.filter((claim) => inDomain(domain, claim));
  return matching.reduce<C | null>(
    (best, claim) => (best === null || claim.domain.length > best.domain.length ? claim : best),
    null,
  );
}
