import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';

/**
 * @param {string} text
 * @returns {string | null} an address without port, brackets, zone or IPv4-in-IPv6 mapping; null when it is none
 */
export function plainAddress(text) {
  const trimmed = text.trim();
  const bare = (
    /^\[([^\]]+)\](?::\d+)?$/.exec(trimmed)?.[1] ?? trimmed.replace(/^([\d.]+):\d+$/, '$1')
  ).replace(/%.*$/, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1] ?? bare;
  return isIP(mapped) === 0 ? null : mapped.toLowerCase();
}

/**
 * The address of whoever spoke to us, or to the outermost proxy we trust. Every trusted proxy appends the address
 * it saw, so only the last `hops` entries are believed; with fewer the request came around the proxies.
 * @param {{ socketAddress: string | undefined, forwardedFor: string | undefined, hops: number }} request
 * @returns {string}
 */
export function peerAddress({ socketAddress, forwardedFor, hops }) {
  const own = plainAddress(socketAddress ?? '') ?? '';
  if (hops === 0 || !forwardedFor) return own;
  const entry = forwardedFor.split(',').at(-hops);
  return (entry && plainAddress(entry)) || own;
}

/**
 * The mark of our own processes; no client ever sees it.
 * @param {string | undefined} secret
 */
export const hopMark = (secret) =>
  secret
    ? createHmac('sha256', secret).update('gatehouse: own hop').digest('base64url')
    : randomBytes(32).toString('base64url');

/**
 * @param {string | readonly string[] | undefined} claimed
 * @param {string} hop
 */
export function isOwnHop(claimed, hop) {
  if (typeof claimed !== 'string') return false;
  const [given, own] = [Buffer.from(claimed), Buffer.from(hop)];
  return given.length === own.length && timingSafeEqual(given, own);
}
