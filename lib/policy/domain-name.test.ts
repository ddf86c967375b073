import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bindingClaim, inDomain, parseDomain } from './domain-name';
import { unicodeLabel } from './punycode';

describe('a domain', () => {
  test('agrees with IDNA as Node does it', () => {
    for (const typed of ['Bücher.Example', 'faß.de', '例え.テスト', 'ΠΑΡΆΔΕΙΓΜΑ.gr', 'ｅxample。com']) {
      expect(parseDomain(typed)).toEqual({ ok: true, value: domainToASCII(typed) });
    }
  });
  test('Punycode reads back', () => {
    const word = fc.string({ unit: fc.constantFrom(...'aébüßжщ日本語あ-9'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(word, (drawn) => {
        const ascii = domainToASCII(`x${drawn}x.de`).split('.')[0] ?? '';
        fc.pre(ascii !== '');
        expect(unicodeLabel(ascii)).toBe(`x${drawn}x`.normalize('NFKC').toLowerCase());
      }),
    );
    expect(unicodeLabel('xn--9999999999')).toBeNull();
    expect(unicodeLabel('xn--ü')).toBeNull();
  });

  const exact = { domain: 'example.com', includesSubdomains: false };
  const wide = { domain: 'example.com', includesSubdomains: true };
  test.each(['notexample.com', 'example.com.evil.io', 'sub.example.com', 'example.co', ''])(
    '%s is not in example.com',
    (domain) => {
      expect(inDomain(domain, exact)).toBe(false);
    },
  );
  test('a claim may include subdomains, and the most specific wins', () => {
    expect(inDomain('a.sub.example.com', wide)).toBe(true);
    expect(inDomain('notexample.com', wide)).toBe(false);
    const sub = { domain: 'sub.example.com', includesSubdomains: true };
    expect(bindingClaim('a.sub.example.com', [wide, sub])).toBe(sub);
    expect(bindingClaim('example.com', [sub, wide])).toBe(wide);
    expect(bindingClaim('sub.example.com', [exact])).toBeNull();
  });
});
