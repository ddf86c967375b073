/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */

const SENTENCES = /** @type {const} */ ({
  400: 'This address cannot be read.',
  403: 'The development desk answers this machine only.',
  405: 'This method is not served here.',
  413: 'What was sent is larger than 1 MB.',
  421: 'This host name is not served here.',
  500: 'Something went wrong. Try again.',
});

/**
 * @param {Response} response
 * @param {keyof typeof SENTENCES} status
 */
export function refuse(response, status) {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${SENTENCES[status]}\n`);
}

/**
 * Says no to a body still on its way, listens a moment longer so that the answer is not lost to a reset, and hangs up.
 * @param {Request} request
 * @param {Response} response
 */
export function refuseBody(request, response) {
  response.setHeader('connection', 'close');
  refuse(response, 413);
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
