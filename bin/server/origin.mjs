const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that may change something was sent by another site's page. Every browser of today names the origin, `null`
 * where it hides it, or says by `Sec-Fetch-Site` how it came; programs, which carry no cookies of a person, say neither.
 * @param {Pick<import('node:http').IncomingMessage, 'method' | 'headers'>} request
 * @param {URL} appUrl
 * @returns {boolean}
 */
export function isFromElsewhere({ method, headers }, appUrl) {
  if (SAFE_METHODS.has(method ?? '')) return false;
  if (headers.origin !== undefined) return headers.origin !== appUrl.origin;
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
