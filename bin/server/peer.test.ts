import { expect, test } from 'vitest';
import { peerAddress, plainAddress } from './peer.mjs';

test.each([
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['[2001:DB8::1]:443', '2001:db8::1'],
  ['203.0.113.7:5123', '203.0.113.7'],
  ['fe80::1%eth0', 'fe80::1'],
  ['010.0.0.1', null],
  ['10.1', null],
  ['unknown', null],
])('%s is the address %s', (text, address) => {
  expect(plainAddress(text)).toBe(address);
});

const socketAddress = '::ffff:198.51.100.9';

test('without a trusted proxy a claimed address is ignored', () => {
  expect(peerAddress({ socketAddress, forwardedFor: '203.0.113.7', hops: 0 })).toBe('198.51.100.9');
});

test('the entry the outermost trusted proxy wrote counts, whatever the client put before it', () => {
  const forwardedFor = '1.1.1.1, 203.0.113.7, 192.0.2.4';
  expect(peerAddress({ socketAddress, forwardedFor, hops: 1 })).toBe('192.0.2.4');
  expect(peerAddress({ socketAddress, forwardedFor, hops: 2 })).toBe('203.0.113.7');
});

test('a request that came around the proxies, or names no address, is its own peer', () => {
  expect(peerAddress({ socketAddress, forwardedFor: '203.0.113.7', hops: 2 })).toBe('198.51.100.9');
  expect(peerAddress({ socketAddress, forwardedFor: 'unknown', hops: 1 })).toBe('198.51.100.9');
});
