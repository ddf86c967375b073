import { describe, expect, it } from 'vitest';
import { addressPool, canonicalAddress, clientAddress } from './client-address';

describe('the client’s address', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::ffff:c000:201', '192.0.2.1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['[fe80::1%eth0]', 'fe80::1'],
    ['010.0.0.1', null],
    ['127.1', null],
    ['', null],
  ])('%s is %s', (text, expected) => expect(canonicalAddress(text)).toBe(expected));

  it('comes from the server in front alone', () => {
    expect(clientAddress(new Headers({ 'x-forwarded-for': '192.0.2.9' }))).toBeNull();
    expect(clientAddress(new Headers({ 'x-gatehouse-peer': '192.0.2.9' }))).toBe('192.0.2.9');
  });

  it('shares its counters within a /64', () => {
    expect(addressPool('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
    expect(addressPool('2001:db8::1')).toBe('2001:db8:0:0::/64');
    expect(addressPool('192.0.2.1')).toBe('192.0.2.1');
    expect(addressPool(null)).toBe('unknown');
  });
});
