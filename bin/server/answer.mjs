/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */

/** @typedef {keyof typeof refusals} Refusal */

const refusals = /** @type {const} */ ({
  target: [400, 'This address cannot be read.'],
  arguments: [400, 'What was sent is not what a form of ours sends.'],
  desk: [403, 'The development desk answers this machine only.'],
  origin: [403, 'This was sent from another site.'],
  method: [405, 'This method is not served here.'],
  size: [413, 'What was sent is larger than 1 MB.'],
  host: [421, 'This host name is not served here.'],
  crash: [500, 'Something went wrong. Try again.'],
});

/**
 * @param {Response} response
 * @param {Refusal} why
 */
export function refuse(response, why) {
  if (response.headersSent) return void response.destroy();
  const [status, sentence] = refusals[why];
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${sentence}\n`);
}

/**
 * Says no to a body still on its way, listens a moment longer so that the answer is not lost to a reset, and hangs up.
 * @param {Request} request
 * @param {Response} response
 */
export function refuseBody(request, response) {
  response.setHeader('connection', 'close');
  refuse(response, 'size');
  request.resume();
  setTimeout(() => request.socket.destroy(), 2000).unref();
}

/**
 * @param {Response} response
 * @param {string} location
 */
export function redirect(response, location) {
  response.writeHead(308, { location });
  response.end();
}

/** @param {Response} response */
export function answerAlive(response) {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('{"status":"live"}\n');
}
