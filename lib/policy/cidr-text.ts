import type { CidrFault } from './cidr';

/** What is wrong with a network somebody typed, and how to mend it. */
export function cidrFaultText(typed: string, fault: CidrFault): string {
  switch (fault.code) {
    case 'not_an_address':
      return `“${typed}” is not an IPv4 or IPv6 network. Write it like 203.0.113.0/24 or 2001:db8::/32.`;
    case 'bad_prefix':
      return `The number after the slash must be from 1 to ${fault.max}.`;
    case 'whole_internet':
      return 'A prefix of /0 would allow every address. Name your own network.';
    case 'host_bits':
      return `“${typed}” names a single address inside a network. Write ${fault.corrected}.`;
  }
}
