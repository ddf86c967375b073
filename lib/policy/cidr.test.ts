import { BlockList, isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addressAllowed,
  addressGroup,
  allowedUntil,
  formatAddress,
  formatCidr,
  inNetwork,
  parseAddress,
  parseCidr,
} from './cidr';

const byte = fc.integer({ min: 0, max: 255 });
const bytesOf = (length: number) =>
  fc.array(fc.oneof(byte, fc.constant(0)), { minLength: length, maxLength: length });
const v4 = bytesOf(4).map((bytes) => bytes.join('.'));
const v6 = bytesOf(16).map((bytes) => formatAddress(bytes));
const noise = fc.oneof(
  fc.stringMatching(/^[0-9a-f:.]{1,24}$/),
  fc.stringMatching(/^[0-9]{1,3}(\.[0-9]{1,4}){1,4}$/),
  fc.stringMatching(/^[0-9a-f]{0,4}(:[0-9a-f]{0,5}){1,8}$/),
  fc.tuple(v6, v4).map(([six, four]) => `${six.slice(0, 8)}:${four}`),
);
const list = (...cidrs: string[]) => ({
  source: { kind: 'domain' as const, id: 'd', name: 'd', version: 1, author: null, since: 0 },
  entries: cidrs.map((cidr) => ({ cidr, label: '', expiresAt: null })),
});

describe('addresses', () => {
  test('are accepted exactly where node:net accepts them', () => {
    fc.assert(
      fc.property(fc.oneof(v4, v6, noise), (text) => {
        expect(parseAddress(text) !== null, text).toBe(isIP(text) !== 0);
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    '010.0.0.1',
    '10.1',
    '0x7f.0.0.1',
    '1.2.3.4.5',
    '256.0.0.1',
    ' 1.2.3.4',
    '１.2.3.4',
    '',
    '::1%lo',
    ':::',
  ])('refuses %j', (text) => expect(parseAddress(text)).toBeNull());

  test('a mapped IPv4 address is that IPv4 address', () => {
    expect(parseAddress('::ffff:10.1.2.3')).toEqual([10, 1, 2, 3]);
    expect(parseAddress('::ffff:a01:203')).toEqual([10, 1, 2, 3]);
  });

  test.each([
    ['2001:0DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
    ['1:2:3:4:5:6:0:0', '1:2:3:4:5:6::'],
  ])('%s is written %s', (text, canonical) => {
    expect(formatAddress(parseAddress(text) ?? [])).toBe(canonical);
  });
});

describe('networks', () => {
  test.each([
    ['10.0.0.7/8', { code: 'host_bits', corrected: '10.0.0.0/8' }],
    ['2001:db8::1/32', { code: 'host_bits', corrected: '2001:db8::/32' }],
    ['0.0.0.0/0', { code: 'whole_internet' }],
    ['::/0', { code: 'whole_internet' }],
    ['::ffff:0.0.0.0/96', { code: 'whole_internet' }],
    ['10.0.0.0/33', { code: 'bad_prefix', max: 32 }],
    ['10.0.0.0/08', { code: 'bad_prefix', max: 32 }],
    ['10.0.0.0/', { code: 'bad_prefix', max: 32 }],
    ['10.0.0.0/8/8', { code: 'not_an_address' }],
    ['010.0.0.0/8', { code: 'not_an_address' }],
    ['example.com', { code: 'not_an_address' }],
  ])('%s is refused', (text, error) => {
    expect(parseCidr(text)).toEqual({ ok: false, error });
  });

  test('a canonical network reads back as itself', () => {
    for (const text of ['203.0.113.7/32', '10.0.0.0/8', '2001:db8::/32', '::1/128']) {
      const parsed = parseCidr(text);
      expect(parsed.ok && formatCidr(parsed.value)).toBe(text);
    }
  });

  test('hold the same addresses as node:net says', () => {
    const drawn = fc.oneof(
      fc.tuple(v4, v4, fc.integer({ min: 1, max: 32 }), fc.constant('ipv4' as const)),
      fc.tuple(v6, v6, fc.integer({ min: 1, max: 128 }), fc.constant('ipv6' as const)),
    );
    fc.assert(
      fc.property(drawn, fc.boolean(), ([base, other, prefix, family], near) => {
        const bytes = parseAddress(base) ?? [];
        fc.pre(bytes.length === (family === 'ipv4' ? 4 : 16));
        const refused = parseCidr(`${base}/${prefix}`);
        const text =
          refused.ok || refused.error.code !== 'host_bits' ? `${base}/${prefix}` : refused.error.corrected;
        const network = parseCidr(text);
        const blocks = new BlockList();
        blocks.addSubnet(base, prefix, family);
        const probe = near
          ? bytes.map((part, at) => (at === bytes.length - 1 ? part ^ 1 : part))
          : parseAddress(other);
        fc.pre(probe !== null && probe.length === bytes.length);
        expect(network.ok && inNetwork(probe ?? [], network.value)).toBe(
          blocks.check(formatAddress(probe ?? []), family),
        );
      }),
      { numRuns: 1000 },
    );
  });
});

describe('an address list', () => {
  test('every list must allow, and no list allows everybody', () => {
    const lists = [list('10.0.0.0/8', '2001:db8::/32'), list('10.1.0.0/16')];
    expect(addressAllowed(lists, '10.1.2.3', 0)).toEqual({ allowed: true });
    expect(addressAllowed(lists, '::ffff:10.1.2.3', 0)).toEqual({ allowed: true });
    expect(addressAllowed(lists, '10.2.2.3', 0)).toEqual({ allowed: false, refusedBy: [lists[1]] });
    expect(addressAllowed(lists, null, 0)).toEqual({ allowed: false, refusedBy: lists });
    expect(addressAllowed([], null, 0)).toEqual({ allowed: true });
  });

  test('an address is allowed until the last entry that holds it ends, in the list where that is soonest', () => {
    const timed = (...entries: readonly (readonly [string, number | null])[]) => ({
      ...list(),
      entries: entries.map(([cidr, expiresAt]) => ({ cidr, label: '', expiresAt })),
    });
    const long = timed(['10.0.0.0/8', 100], ['10.1.0.0/16', 300], ['192.0.2.0/24', 900]);
    const open = timed(['10.0.0.0/8', null], ['10.1.0.0/16', 50]);
    expect(allowedUntil([long], '10.1.2.3', 0)).toBe(300);
    expect(allowedUntil([long], '10.2.2.3', 0)).toBe(100);
    expect(allowedUntil([open], '10.1.2.3', 0)).toBeNull();
    expect(allowedUntil([open, long], '10.1.2.3', 0)).toBe(300);
    expect(allowedUntil([], '10.1.2.3', 0)).toBeNull();
  });

  test('an entry ends at its instant', () => {
    const passing = { ...list(), entries: [{ cidr: '10.0.0.0/8', label: '', expiresAt: 100 }] };
    expect(addressAllowed([passing], '10.0.0.1', 99).allowed).toBe(true);
    expect(addressAllowed([passing], '10.0.0.1', 100).allowed).toBe(false);
  });
});

test('limits group IPv6 by /64 and IPv4 by address', () => {
  expect(addressGroup('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
  expect(addressGroup('::ffff:10.0.0.1')).toBe('10.0.0.1');
  expect(addressGroup('nonsense')).toBe('unknown');
});
