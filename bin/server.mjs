import next from 'next';
import { refuse } from './server/answer.mjs';
import { frontDoor } from './server/front.mjs';
import { drain, listen } from './server/listen.mjs';
import { hopMark } from './server/peer.mjs';

const { APP_URL = 'http://localhost:3000', PORT = '3000', TRUSTED_PROXY_HOPS = '0', DEV_DESK } = process.env;
const isDevelopment = process.env.NODE_ENV === 'development';
const appUrl = new URL(APP_URL);
const port = Number(PORT);

// Where the framework asks for the page that follows an action. By the public name the request would leave the machine,
// with TLS, for a port that has none.
process.env.__NEXT_PRIVATE_ORIGIN = `http://127.0.0.1:${port}`;

const app = next({ dev: isDevelopment, hostname: appUrl.hostname, port });
await app.prepare();
const handle = app.getRequestHandler();
const door = frontDoor({
  appUrl,
  hops: Number(TRUSTED_PROXY_HOPS),
  isDevelopment,
  hop: hopMark(process.env.GATEHOUSE_SECRET),
  serve: handle,
});

/** @type {import('node:http').RequestListener} */
const onRequest = (request, response) => {
  if (isDraining) response.setHeader('connection', 'close');
  door(request, response).catch((error) => {
    if (!request.destroyed) process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    refuse(response, 'crash');
  });
};

let isDraining = false;
const servers = await listen({ port, isLoopbackOnly: DEV_DESK === 'on', onRequest }).catch((error) => {
  process.stderr.write(`Cannot listen on port ${port}: ${error.message}\n`);
  return process.exit(1);
});
if (isDevelopment) {
  const upgrade = app.getUpgradeHandler();
  for (const server of servers)
    server.on('upgrade', (request, socket, head) => upgrade(request, socket, head));
}

/** @param {number} patienceMs */
async function stop(patienceMs) {
  if (isDraining) return;
  isDraining = true;
  await drain(servers, patienceMs);
  process.exit(0);
}

for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => stop(10_000));
// The launcher is gone and takes the embedded Postgres along; the next one wants this port.
process.on('disconnect', () => stop(1000));
process.send?.('ready');
