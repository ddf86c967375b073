import { hasArguments, isAction } from './action-arguments.mjs';
import { answerAlive, redirect, refuse, refuseBody } from './answer.mjs';
import { limitBody, readWhole } from './body.mjs';
import { judgeHost } from './host.mjs';
import { isFromElsewhere } from './origin.mjs';
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

/**
 * Whether somebody passed the request on. Every answer may have to know: an action of the desk is called on any page.
 * @param {Front} front
 * @param {Request} request
 */
const wasForwarded = ({ hop }, request) =>
  isOurs(request, hop)
    ? request.headers['x-gatehouse-forwarded'] !== undefined
    : isForwarded(request.headers);

/** @param {string} target */
function isDesk(target) {
  return /^\/dev(?:[/?]|$)/.test(decodeURIComponent(target.split('?', 1)[0] ?? ''));
}

/**
 * @typedef {{ kind: 'serve', target: string } | { kind: 'alive' } | { kind: 'redirect', location: string }
 *   | { kind: 'refuse', why: import('./answer.mjs').Refusal }} Decision
 */

/**
 * @param {Front} front
 * @param {Request} request
 * @returns {Decision}
 */
function decide(front, request) {
  const target = safeTarget(request.url, front.appUrl);
  if (target === null) return { kind: 'refuse', why: 'target' };
  if (!METHODS.has(request.method ?? '')) return { kind: 'refuse', why: 'method' };
  const path = target.split('?', 1)[0];
  if (path === '/api/health/live') return { kind: 'alive' };
  if (path === '/api/health/ready') return { kind: 'serve', target };
  // Our own hop comes to this process by its loopback address, whatever name it has outside.
  if (isOurs(request, front.hop)) return { kind: 'serve', target };
  const host = judgeHost(askedHost(request, front.hops), front.appUrl);
  if (host.verdict === 'refused') return { kind: 'refuse', why: 'host' };
  if (host.verdict === 'redirected') return { kind: 'redirect', location: `${host.origin}${target}` };
  if (isFromElsewhere(request, front.appUrl)) return { kind: 'refuse', why: 'origin' };
  if (isDesk(target) && isForwarded(request.headers)) return { kind: 'refuse', why: 'desk' };
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
      return refuse(response, decision.why);
  }
}

/**
 * The request as it may be handed on, or why not.
 * @param {Request} incoming
 * @returns {Promise<Request | 'size' | 'arguments'>}
 */
async function admit(incoming) {
  if (!isAction(incoming)) return (await limitBody(incoming)) ?? 'size';
  const whole = await readWhole(incoming);
  if (!whole) return 'size';
  const isCall = await hasArguments(incoming.headers['content-type'], whole.body);
  return isCall ? whole.request : 'arguments';
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
    const request = await admit(incoming);
    if (request === 'size') return refuseBody(incoming, response);
    if (request === 'arguments') return refuse(response, request);
    request.url = decision.target;
    settleHeaders(request, {
      peer: knownPeer(front, incoming),
      hop: front.hop,
      wasForwarded: wasForwarded(front, incoming),
      appUrl: front.appUrl,
      contentSecurityPolicy: policy,
    });
    await front.serve(request, response);
  };
}
