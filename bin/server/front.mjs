import { answerAlive, redirect, refuse, refuseBody } from './answer.mjs';
import { limitBody } from './body.mjs';
import { judgeHost } from './host.mjs';
import { isOwnHop, peerAddress } from './peer.mjs';
import { isForwarded, settleHeaders } from './request-headers.mjs';
import { completeHeaders, contentSecurityPolicy, fixedSecurityHeaders } from './security-headers.mjs';
import { safeTarget } from './target.mjs';

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */
/**
 * @typedef {object} Front
 * @property {URL} appUrl
 * @property {number} hops           trusted proxies in front of us
 * @property {boolean} isDevelopment
 * @property {string} hop           known to our own processes: marks a request that the framework sends to us itself
 * @property {(request: Request, response: Response) => Promise<void>} serve  what stands behind us
 */

/**
 * @param {Request} request
 * @param {string} hop
 */
const isOurs = (request, hop) => isOwnHop(request.headers['x-gatehouse-hop'], hop);

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * @param {Request} request
 * @param {number} hops
 * @returns {string | undefined} the host the client asked for
 */
function askedHost(request, hops) {
  const hosts = request.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
  if (hosts.length > 1) return undefined;
  const forwarded = hops > 0 ? request.headers['x-forwarded-host'] : undefined;
  return typeof forwarded === 'string' ? forwarded.split(',').at(-1)?.trim() : request.headers.host;
}

/**
 * After an action that leads elsewhere the framework asks us for that page itself, with the headers of the action: the
 * page is then the business of whoever sent the action, not of this machine.
 * @param {Front} front
 * @param {Request} request
 */
function knownPeer({ hops, hop }, request) {
  const { 'x-gatehouse-peer': peer } = request.headers;
  if (isOurs(request, hop) && typeof peer === 'string') return peer;
  const forwardedFor = request.headers['x-forwarded-for'];
  return peerAddress({
    socketAddress: request.socket.remoteAddress,
    forwardedFor: Array.isArray(forwardedFor) ? forwardedFor.join(',') : forwardedFor,
    hops,
  });
}

/** @param {string} target */
function isDesk(target) {
  return /^\/dev(?:[/?]|$)/.test(decodeURIComponent(target.split('?', 1)[0] ?? ''));
}

/**
 * @typedef {{ kind: 'serve', target: string } | { kind: 'alive' } | { kind: 'redirect', location: string }
 *   | { kind: 'refuse', status: 400 | 403 | 405 | 421 }} Decision
 */

/**
 * @param {Front} front
 * @param {Request} request
 * @returns {Decision}
 */
function decide(front, request) {
  const target = safeTarget(request.url, front.appUrl);
  if (target === null) return { kind: 'refuse', status: 400 };
  if (!METHODS.has(request.method ?? '')) return { kind: 'refuse', status: 405 };
  const path = target.split('?', 1)[0];
  if (path === '/api/health/live') return { kind: 'alive' };
  if (path === '/api/health/ready') return { kind: 'serve', target };
  // Our own hop comes to this process by its loopback address, whatever name it has outside.
  if (isOurs(request, front.hop)) return { kind: 'serve', target };
  const host = judgeHost(askedHost(request, front.hops), front.appUrl);
  if (host.verdict === 'refused') return { kind: 'refuse', status: 421 };
  if (host.verdict === 'redirected') return { kind: 'redirect', location: `${host.origin}${target}` };
  if (isDesk(target) && isForwarded(request.headers)) return { kind: 'refuse', status: 403 };
  return { kind: 'serve', target };
}

/**
 * Answers what needs no application.
 * @param {Exclude<Decision, { kind: 'serve' }>} decision
 * @param {Response} response
 */
function answer(decision, response) {
  switch (decision.kind) {
    case 'alive':
      return answerAlive(response);
    case 'redirect':
      return redirect(response, decision.location);
    case 'refuse':
      return refuse(response, decision.status);
  }
}

/**
 * The first listener of every request: decides whom we talk to, for which host and how much we read, and only then
 * hands over.
 * @param {Front} front
 */
export function frontDoor(front) {
  const isHttps = front.appUrl.protocol === 'https:';
  const fixed = fixedSecurityHeaders(isHttps);
  /**
   * @param {Request} incoming
   * @param {Response} response
   */
  return async (incoming, response) => {
    const policy = contentSecurityPolicy({ isDevelopment: front.isDevelopment, isHttps });
    const headers = { ...fixed, 'content-security-policy': policy };
    completeHeaders(response, { target: incoming.url ?? '', headers });
    const decision = decide(front, incoming);
    if (decision.kind !== 'serve') {
      incoming.resume();
      return answer(decision, response);
    }
    const request = await limitBody(incoming);
    if (!request) return refuseBody(incoming, response);
    request.url = decision.target;
    settleHeaders(request, {
      peer: knownPeer(front, incoming),
      hop: front.hop,
      appUrl: front.appUrl,
      contentSecurityPolicy: policy,
    });
    await front.serve(request, response);
  };
}
