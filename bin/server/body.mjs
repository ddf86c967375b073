import { IncomingMessage } from 'node:http';

export const BODY_LIMIT_BYTES = 1024 * 1024;

/** @param {IncomingMessage} request */
function declaredLength(request) {
  const text = request.headers['content-length'];
  return text === undefined ? null : Number(text);
}

/**
 * @param {IncomingMessage} request
 * @returns {Promise<Buffer | null>} null when it is longer than allowed
 */
async function readAll(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > BODY_LIMIT_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * The same request with its body at hand and its length known.
 * @param {IncomingMessage} request
 * @param {Buffer} body
 */
function withBody(request, body) {
  const copy = new IncomingMessage(request.socket);
  Object.assign(copy, {
    method: request.method,
    url: request.url,
    httpVersion: request.httpVersion,
    httpVersionMajor: request.httpVersionMajor,
    httpVersionMinor: request.httpVersionMinor,
    rawHeaders: request.rawHeaders,
    complete: true,
  });
  copy.headers = { ...request.headers, 'content-length': String(body.length) };
  delete copy.headers['transfer-encoding'];
  copy.push(body);
  copy.push(null);
  return copy;
}

/**
 * A request with its whole body at hand, or null when that is longer than allowed.
 * @param {IncomingMessage} request
 * @returns {Promise<{ request: IncomingMessage, body: Buffer } | null>}
 */
export async function readWhole(request) {
  if ((declaredLength(request) ?? 0) > BODY_LIMIT_BYTES) return null;
  const body = await readAll(request);
  return body && { request: withBody(request, body), body };
}

/**
 * A request whose body is no longer than allowed, or null. A declared length is believed, since the parser holds
 * the client to it; without one the body is read first.
 * @param {IncomingMessage} request
 * @returns {Promise<IncomingMessage | null>}
 */
export async function limitBody(request) {
  const length = declaredLength(request);
  if (length !== null) return length > BODY_LIMIT_BYTES ? null : request;
  if (request.headers['transfer-encoding'] === undefined) return request;
  return (await readWhole(request))?.request ?? null;
}
