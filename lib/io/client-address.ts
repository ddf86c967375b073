import 'server-only';
import { isIP, SocketAddress } from 'node:net';

/** Set by the server in front of the app from the connection itself; inbound copies are dropped there. */
export const peerHeader = 'x-gatehouse-peer';

/** One spelling per address: an IPv4 address mapped into IPv6 is IPv4; no zone; null when it is no address. */
export function canonicalAddress(text: string): string | null {
  const bare = text
    .trim()
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '');
  const family = isIP(bare);
  if (family === 0) return null;
  if (family === 4) return bare;
  const address = new SocketAddress({ address: bare, family: 'ipv6' }).address;
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}

/** The client's address, or null when it is not known. */
export function clientAddress(headers: Pick<Headers, 'get'>): string | null {
  const peer = headers.get(peerHeader);
  return peer === null ? null : canonicalAddress(peer);
}

function groups(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right];
}

/** Who shares a counter: one IPv4 address, or one /64 of IPv6. */
export function addressPool(address: string | null): string {
  if (address === null) return 'unknown';
  return isIP(address) === 6 ? `${groups(address).slice(0, 4).join(':')}::/64` : address;
}
