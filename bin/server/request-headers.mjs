const FORWARDED = /^(?:x-forwarded-.+|forwarded|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip|via)$/;
const OURS = /^(?:x-gatehouse-.+|x-middleware-.+|x-nonce|content-security-policy.*)$/;

/** It is kept with sessions and in the audit; no browser's is as long. */
const USER_AGENT_LENGTH = 512;

/** @param {import('node:http').IncomingHttpHeaders} headers */
export function isForwarded(headers) {
  return Object.keys(headers).some((name) => FORWARDED.test(name));
}

/**
 * Whether a browser, or the framework in it, fetches ahead what the person has not asked for. The framework hides its own marks
 * from the pages, so that they have to be told.
 * @param {import('node:http').IncomingHttpHeaders} headers
 */
const isFetchedAhead = (headers) =>
  headers['next-router-prefetch'] !== undefined ||
  headers['next-router-segment-prefetch'] !== undefined ||
  [headers['sec-purpose'], headers.purpose].some((purpose) => String(purpose).includes('prefetch'));

/**
 * Replaces everything a client could say about where it comes from by what we know.
 * @param {import('node:http').IncomingMessage} request
 * @param {{ peer: string, hop: string, wasForwarded: boolean, appUrl: URL, contentSecurityPolicy: string }} known
 */
export function settleHeaders(request, { peer, hop, wasForwarded, appUrl, contentSecurityPolicy }) {
  const { headers } = request;
  for (const name of Object.keys(headers)) {
    if (FORWARDED.test(name) || OURS.test(name)) delete headers[name];
  }
  headers.host = appUrl.host;
  headers['x-forwarded-host'] = appUrl.host;
  headers['x-forwarded-proto'] = appUrl.protocol.slice(0, -1);
  headers['x-forwarded-for'] = peer;
  headers['x-gatehouse-peer'] = peer;
  headers['x-gatehouse-hop'] = hop;
  if (isFetchedAhead(headers)) headers['x-gatehouse-passive'] = '1';
  if (wasForwarded) headers['x-gatehouse-forwarded'] = '1';
  headers['x-gatehouse-path'] = askedPath(request.url ?? '/');
  headers['content-security-policy'] = contentSecurityPolicy;
  const { 'user-agent': userAgent } = headers;
  if (userAgent !== undefined) headers['user-agent'] = userAgent.slice(0, USER_AGENT_LENGTH);
}

/**
 * The path and query that the person sees, to come back to after sign-in: without the framework's own parameter.
 * @param {string} target
 */
function askedPath(target) {
  const url = new URL(target, 'http://local');
  url.searchParams.delete('_rsc');
  return url.pathname + url.search;
}
