import 'server-only';
import { createSocket } from 'node:dgram';
import { getServers } from 'node:dns';
import { createServer, type Socket } from 'node:net';
import packet from 'dns-packet';
import { seconds } from '@/lib/policy/time';
import { type ZoneEntry, zoneEntry } from './dns-zone';
import { settings } from './env';
import { log } from './log';
import { processWide } from './process-wide';

const loopback = '127.0.0.1';
const forwardPatience = seconds(2);
const rcodes = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3 } as const;

/** Names reserved for documentation and tests (RFC 2606) exist in this zone or nowhere. */
const reserved = /(?:^|\.)(?:example|test|invalid|localhost)$/;

type Query = packet.DecodedPacket;

function reply(query: Query, rcode: keyof typeof rcodes, answers: packet.Answer[] = []): Buffer {
  return packet.encode({
    type: 'response',
    id: query.id ?? 0,
    flags: packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE | rcodes[rcode],
    questions: query.questions ?? [],
    answers,
  });
}

/** A TXT string holds 255 bytes at most; longer values travel in several, to be joined by whoever asks. */
function strings(value: string): Buffer[] {
  const bytes = Buffer.from(value);
  const count = Math.max(1, Math.ceil(bytes.length / 255));
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * 255, (index + 1) * 255));
}

/** Null stands for silence. */
function zoneAnswer(query: Query, type: string, entry: ZoneEntry): Buffer | null {
  if ('fail' in entry) return entry.fail === 'timeout' ? null : reply(query, entry.fail);
  if (type !== 'TXT') return reply(query, 'NOERROR');
  const answers = entry.values.map(
    (value): packet.Answer => ({
      type: 'TXT',
      name: query.questions?.[0]?.name ?? '',
      ttl: 0,
      data: strings(value),
    }),
  );
  return reply(query, 'NOERROR', answers);
}

function systemServer(): { readonly host: string; readonly port: number } | null {
  const [first] = settings().dnsServers ?? getServers();
  if (!first) return null;
  const url = new URL(
    `dns://${first.split(':').length > 2 && !first.startsWith('[') ? `[${first}]` : first}`,
  );
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || '53') };
}

/** Asks the system's resolver as it was asked; an outage there is a server failure here. */
function forward(query: Query, question: Buffer): Promise<Buffer> {
  const server = systemServer();
  if (!server) return Promise.resolve(reply(query, 'SERVFAIL'));
  return new Promise((resolve) => {
    const socket = createSocket(server.host.includes(':') ? 'udp6' : 'udp4');
    const finish = (answer: Buffer) => {
      clearTimeout(timer);
      socket.close();
      resolve(answer);
    };
    const timer = setTimeout(() => finish(reply(query, 'SERVFAIL')), forwardPatience);
    socket.once('message', finish);
    socket.once('error', () => finish(reply(query, 'SERVFAIL')));
    socket.send(question, server.port, server.host);
  });
}

async function answer(question: Buffer): Promise<Buffer | null> {
  const query = packet.decode(question);
  const [asked] = query.questions ?? [];
  if (!asked) return reply(query, 'SERVFAIL');
  try {
    const entry = await zoneEntry(asked.name);
    if (entry) return zoneAnswer(query, asked.type, entry);
    return reserved.test(asked.name.toLowerCase())
      ? reply(query, 'NXDOMAIN')
      : await forward(query, question);
  } catch (error) {
    log().warn({ err: error }, 'the desk could not read its zone');
    return reply(query, 'SERVFAIL');
  }
}

/** Over UDP a long answer says only that it is long; the question then comes again over TCP. */
function fitted(response: Buffer, question: Buffer): Buffer {
  const limit = packet.decode(question).additionals?.some(({ type }) => type === 'OPT') ? 1232 : 512;
  if (response.length <= limit) return response;
  const { id, questions, flags } = packet.decode(response);
  return packet.encode({
    type: 'response',
    id: id ?? 0,
    flags: (flags ?? 0) | packet.TRUNCATED_RESPONSE,
    questions: questions ?? [],
  });
}

const ignore = (error: unknown) => log().debug({ err: error }, 'the desk dropped a DNS question');

function serveTcp(socket: Socket): void {
  let received = Buffer.alloc(0);
  socket.on('error', ignore);
  socket.setTimeout(seconds(10), () => socket.destroy());
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
      const size = received.readUInt16BE(0);
      const question = received.subarray(2, 2 + size);
      received = received.subarray(2 + size);
      answer(question)
        .then((response) => {
          if (!response) return;
          const length = Buffer.alloc(2);
          length.writeUInt16BE(response.length);
          socket.write(Buffer.concat([length, response]));
        })
        .catch(ignore);
    }
  });
}

async function listen(): Promise<string> {
  const tcp = createServer(serveTcp).unref();
  const port = await new Promise<number>((resolve, reject) => {
    tcp.once('error', reject);
    tcp.listen(0, loopback, () => {
      const address = tcp.address();
      if (address === null || typeof address === 'string') reject(new Error('the desk got no port'));
      else resolve(address.port);
    });
  });
  const udp = createSocket('udp4').unref();
  udp.on('message', (question, from) => {
    answer(question)
      .then((response) => {
        if (response) udp.send(fitted(response, question), from.port, from.address);
      })
      .catch(ignore);
  });
  await new Promise<void>((resolve, reject) => {
    udp.once('error', reject);
    udp.bind(port, loopback, () => {
      udp.on('error', ignore);
      resolve();
    });
  });
  return `${loopback}:${port}`;
}

/** The development desk's DNS server in this process, as `host:port`; started by whoever asks first. */
export function deskDnsServer(): Promise<string> {
  return processWide('desk-dns', listen);
}
