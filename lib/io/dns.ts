import 'server-only';
import { getServers } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { seconds } from '@/lib/policy/time';
import { deskDnsServer } from './dns-desk';
import { settings } from './env';

/** `absent`: the servers answered that there is no such record. `failed`: nobody can tell; it never counts as absent. */
export type TxtAnswer =
  | { readonly state: 'present'; readonly values: readonly string[] }
  | { readonly state: 'absent' }
  | { readonly state: 'failed'; readonly reason: 'server_failure' | 'timeout' | 'unreachable' };

const absentCodes = new Set(['ENOTFOUND', 'ENODATA']);
const timeoutCodes = new Set(['ETIMEOUT', 'ECANCELLED']);
const serverFailureCodes = new Set(['ESERVFAIL', 'EREFUSED', 'EFORMERR', 'ENOTIMP', 'EBADRESP']);

function resolverOf(servers?: readonly string[]): Resolver {
  const resolver = new Resolver({ timeout: seconds(1.5), tries: 2 });
  if (servers) resolver.setServers([...servers]);
  return resolver;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function answerOf(error: unknown): TxtAnswer {
  const code = codeOf(error);
  if (absentCodes.has(code)) return { state: 'absent' };
  if (timeoutCodes.has(code)) return { state: 'failed', reason: 'timeout' };
  return { state: 'failed', reason: serverFailureCodes.has(code) ? 'server_failure' : 'unreachable' };
}

async function ask(resolver: Resolver, name: string): Promise<TxtAnswer> {
  try {
    const records = await resolver.resolveTxt(name);
    return { state: 'present', values: records.map((strings) => strings.join('')) };
  } catch (error) {
    return answerOf(error);
  }
}

/** A name that is looked up or not; here a failure only means that there is nothing to go on. */
async function listOrNone(lookUp: Promise<string[]>): Promise<string[]> {
  try {
    return await lookUp;
  } catch {
    return [];
  }
}

const inner = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  inner.addSubnet(network, prefix);

/** A domain's owner names its servers; none of them may point us into our own network. */
const isOuter = (address: string) => isIP(address) === 4 && !inner.check(address);

/** The servers that are responsible for the name, found by walking up its labels. */
async function authoritativeServers(name: string): Promise<readonly string[]> {
  const system = resolverOf();
  const labels = name.split('.');
  for (let depth = 1; depth <= labels.length - 2; depth += 1) {
    const hosts = await listOrNone(system.resolveNs(labels.slice(depth).join('.')));
    if (hosts.length > 0) {
      const addresses = await Promise.all(hosts.slice(0, 4).map((host) => listOrNone(system.resolve4(host))));
      return addresses.flat().filter(isOuter);
    }
  }
  return [];
}

async function askAuthoritative(name: string): Promise<TxtAnswer> {
  const servers = await authoritativeServers(name);
  if (servers.length === 0) return { state: 'failed', reason: 'unreachable' };
  const resolver = resolverOf(servers);
  const answer = await ask(resolver, name);
  if (answer.state !== 'absent') return answer;
  // Responsible servers do not follow an alias into another zone.
  const aliases = await listOrNone(resolver.resolveCname(name));
  return aliases.length > 0 ? { state: 'failed', reason: 'unreachable' } : answer;
}

/** Two resolvers must agree: what only one of them saw does not count, and one failure leaves it open. */
function agree(left: TxtAnswer, right: TxtAnswer): TxtAnswer {
  if (left.state === 'failed') return left;
  if (right.state === 'failed') return right;
  if (left.state === 'absent' || right.state === 'absent') return { state: 'absent' };
  return { state: 'present', values: left.values.filter((value) => right.values.includes(value)) };
}

async function askResolvers(name: string, servers: readonly string[]): Promise<TxtAnswer> {
  const [first, second] = servers.slice(0, 2).map((server) => ask(resolverOf([server]), name));
  if (!first) return { state: 'failed', reason: 'unreachable' };
  return second ? agree(await first, await second) : first;
}

/**
 * The TXT values at a name (A-labels, no trailing dot), strings of one record joined. Asks the servers set by
 * DNS_SERVERS, else the domain's own, else two of the system's resolvers; with the development desk on, the desk.
 */
export async function lookUpTxt(name: string): Promise<TxtAnswer> {
  const { desk, dnsServers } = settings();
  if (desk) return ask(resolverOf([await deskDnsServer()]), name);
  if (dnsServers) return askResolvers(name, dnsServers);
  const answer = await askAuthoritative(name);
  return answer.state === 'failed' ? askResolvers(name, getServers()) : answer;
}
