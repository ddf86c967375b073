import { createServer } from 'node:http';

/** @typedef {import('node:http').Server} Server */

/**
 * @param {Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<void>}
 */
function listenOn(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // A socket for IPv6 would otherwise want the IPv4 one's place as well.
    server.listen({ port, host, ipv6Only: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** @param {unknown} error */
function lacksFamily(error) {
  return (
    error instanceof Error &&
    'code' in error &&
    ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(String(error.code))
  );
}

/**
 * Listens on every address of this machine, or on its two loopback addresses only.
 * @param {{ port: number, isLoopbackOnly: boolean, onRequest: import('node:http').RequestListener }} options
 * @returns {Promise<Server[]>}
 */
export async function listen({ port, isLoopbackOnly, onRequest }) {
  const servers = [];
  for (const host of isLoopbackOnly ? ['127.0.0.1', '::1'] : ['0.0.0.0', '::']) {
    const server = createServer({ headersTimeout: 15_000, requestTimeout: 30_000 }, onRequest);
    server.keepAliveTimeout = 65_000;
    try {
      await listenOn(server, port, host);
      servers.push(server);
    } catch (error) {
      if (host.includes('.') || !lacksFamily(error)) throw error;
    }
  }
  return servers;
}

/**
 * Takes no new work and waits for what was begun, at most `patienceMs`.
 * @param {readonly Server[]} servers
 * @param {number} patienceMs
 */
export async function drain(servers, patienceMs) {
  const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
  // A connection whose last answer has just left is kept open by both sides for more; nothing more is taken.
  const idle = setInterval(() => {
    for (const server of servers) server.closeIdleConnections();
  }, 50);
  const timer = setTimeout(() => {
    for (const server of servers) server.closeAllConnections();
  }, patienceMs);
  await Promise.all(closed);
  clearInterval(idle);
  clearTimeout(timer);
}
