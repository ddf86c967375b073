import type { BoundList } from './effective';
import { fail, ok, type Result } from './result';
import type { AllowEntry } from './setting';
import type { Instant } from './time';

/** An address as its bytes: 4 (IPv4) or 16 (IPv6). `::ffff:a.b.c.d` is held as IPv4. */
export type Address = readonly number[];
export type Network = { readonly bytes: Address; readonly prefix: number };

export type CidrFault =
  | { readonly code: 'not_an_address' }
  | { readonly code: 'bad_prefix'; readonly max: number }
  | { readonly code: 'whole_internet' }
  | { readonly code: 'host_bits'; readonly corrected: string };

/** Dotted quad without leading zeros, short forms or signs; null otherwise. */
function parseIpv4(text: string): Address | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  const bytes: number[] = [];
  for (const part of parts) {
    if (!/^(0|[1-9][0-9]{0,2})$/.test(part) || Number(part) > 255) return null;
    bytes.push(Number(part));
  }
  return bytes;
}

/** Rewrites a dotted quad at the end of an IPv6 text into two groups; null where the quad is malformed. */
function withoutQuad(text: string): string | null {
  const cut = text.lastIndexOf(':') + 1;
  const tail = text.slice(cut);
  if (!tail.includes('.')) return text;
  const [a, b, c, d] = parseIpv4(tail) ?? [];
  if (a === undefined || b === undefined || c === undefined || d === undefined) return null;
  return `${text.slice(0, cut)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function groupBytes(text: string): number[] | null {
  if (text === '') return [];
  const bytes: number[] = [];
  for (const group of text.split(':')) {
    if (!/^[0-9a-f]{1,4}$/i.test(group)) return null;
    const value = Number.parseInt(group, 16);
    bytes.push(value >> 8, value & 255);
  }
  return bytes;
}

function parseIpv6(text: string): Address | null {
  const plain = withoutQuad(text);
  if (plain === null) return null;
  const halves = plain.split('::');
  if (halves.length > 2) return null;
  const head = groupBytes(halves[0] ?? '');
  const tail = groupBytes(halves[1] ?? '');
  if (head === null || tail === null) return null;
  if (halves.length === 1) return head.length === 16 ? head : null;
  const zeros = 16 - head.length - tail.length;
  return zeros >= 2 ? [...head, ...new Array<number>(zeros).fill(0), ...tail] : null;
}

const isMapped = (bytes: Address): boolean =>
  bytes.length === 16 &&
  bytes.slice(0, 10).every((byte) => byte === 0) &&
  bytes[10] === 255 &&
  bytes[11] === 255;

/** Parses one address strictly; no zone, no octal, no short form. Null where it is none. */
export function parseAddress(text: string): Address | null {
  const bytes = text.includes(':') ? parseIpv6(text) : parseIpv4(text);
  return bytes !== null && isMapped(bytes) ? bytes.slice(12) : bytes;
}

/** The canonical text: dotted quad, or RFC 5952. */
export function formatAddress(bytes: Address): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, at) => ((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0));
  let longest = { start: 0, length: 0 };
  for (let start = 0; start < 8; start += 1) {
    let length = 0;
    while (groups[start + length] === 0) length += 1;
    if (length > longest.length) longest = { start, length };
  }
  const hex = (from: number, to?: number): string =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':');
  if (longest.length < 2) return hex(0);
  return `${hex(0, longest.start)}::${hex(longest.start + longest.length)}`;
}

const masked = (bytes: Address, prefix: number): Address =>
  bytes.map((byte, at) => byte & (0xff << Math.min(8, Math.max(0, 8 - (prefix - at * 8)))) & 0xff);

const formatNetwork = (bytes: Address, prefix: number): string => `${formatAddress(bytes)}/${prefix}`;

/**
 * Parses `address/prefix`, or an address alone as a network of one. Host bits must be zero (the corrected form
 * is offered), /0 is refused, and a mapped IPv4 network counts as IPv4.
 */
export function parseCidr(text: string): Result<Network, CidrFault> {
  const [address = '', prefixText, ...rest] = text.trim().split('/');
  const bytes = parseAddress(address);
  if (bytes === null || rest.length > 0) return fail({ code: 'not_an_address' });
  const max = bytes.length * 8;
  if (prefixText === undefined) return ok({ bytes, prefix: max });
  const mappedBits = bytes.length === 4 && address.includes(':') ? 96 : 0;
  const prefix = /^(0|[1-9][0-9]{0,2})$/.test(prefixText) ? Number(prefixText) - mappedBits : Number.NaN;
  if (!(prefix >= -mappedBits && prefix <= max)) return fail({ code: 'bad_prefix', max: max + mappedBits });
  if (prefix <= 0) return fail({ code: 'whole_internet' });
  const network = masked(bytes, prefix);
  const clean = network.every((byte, at) => byte === bytes[at]);
  return clean
    ? ok({ bytes, prefix })
    : fail({ code: 'host_bits', corrected: formatNetwork(network, prefix) });
}

/** The canonical text of a network as it is stored. */
export const formatCidr = (network: Network): string => formatNetwork(network.bytes, network.prefix);

/** Whether an address lies in a network; families never mix. */
export function inNetwork(address: Address, network: Network): boolean {
  if (address.length !== network.bytes.length) return false;
  const whole = network.prefix >> 3;
  for (let at = 0; at < whole; at += 1) if (address[at] !== network.bytes[at]) return false;
  const mask = (0xff << (8 - (network.prefix & 7))) & 0xff;
  return mask === 0 || ((address[whole] ?? 0) & mask) === ((network.bytes[whole] ?? 0) & mask);
}

const parsedEntries = new WeakMap<readonly AllowEntry[], readonly (Network | null)[]>();

/** The networks of a list, parsed once for as long as the list itself is kept; null where one does not parse. */
function networksOf(entries: readonly AllowEntry[]): readonly (Network | null)[] {
  const known = parsedEntries.get(entries);
  if (known !== undefined) return known;
  const networks = entries.map((entry) => {
    const network = parseCidr(entry.cidr);
    return network.ok ? network.value : null;
  });
  parsedEntries.set(entries, networks);
  return networks;
}

/** The first entry of a list that holds the address and has not expired, or null. */
export function matchingEntry(
  entries: readonly AllowEntry[],
  address: Address,
  now: Instant,
): AllowEntry | null {
  const networks = networksOf(entries);
  const holds = (entry: AllowEntry, at: number): boolean => {
    const network = networks[at] ?? null;
    if (network === null || !inNetwork(address, network)) return false;
    return entry.expiresAt === null || entry.expiresAt > now;
  };
  return entries.find(holds) ?? null;
}

export type AddressVerdict =
  | { readonly allowed: true }
  /** The lists that refuse; an address that is unknown or unreadable is refused by all of them. */
  | { readonly allowed: false; readonly refusedBy: readonly BoundList[] };

/** Every list must allow. No list: everybody may. A list and no known address: nobody. */
export function addressAllowed(
  lists: readonly BoundList[],
  address: string | null,
  now: Instant,
): AddressVerdict {
  if (lists.length === 0) return { allowed: true };
  const parsed = address === null ? null : parseAddress(address);
  const refusedBy = lists.filter(
    (list) => parsed === null || matchingEntry(list.entries, parsed, now) === null,
  );
  return refusedBy.length === 0 ? { allowed: true } : { allowed: false, refusedBy };
}

/**
 * Until when an address that is allowed at `at` stays so by the lists alone; null where no end is set. A list keeps its
 * address as long as the last of its entries that hold it.
 */
export function allowedUntil(lists: readonly BoundList[], address: string, at: Instant): Instant | null {
  const parsed = parseAddress(address);
  if (parsed === null) return null;
  const endOf = ({ entries }: BoundList): Instant => {
    const networks = networksOf(entries);
    const ends = entries.flatMap(({ expiresAt }, index) => {
      const network = networks[index] ?? null;
      const end = expiresAt ?? Number.POSITIVE_INFINITY;
      return network !== null && end > at && inNetwork(parsed, network) ? [end] : [];
    });
    return Math.max(at, ...ends);
  };
  const end = Math.min(Number.POSITIVE_INFINITY, ...lists.map(endOf));
  return Number.isFinite(end) ? end : null;
}

/** The group that rate limits count: an IPv4 address itself, the /64 of an IPv6 one. Unreadable text: `unknown`. */
export function addressGroup(address: string): string {
  const bytes = parseAddress(address);
  if (bytes === null) return 'unknown';
  return bytes.length === 4 ? formatAddress(bytes) : formatNetwork(masked(bytes, 64), 64);
}
