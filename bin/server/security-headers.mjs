import { randomBytes } from 'node:crypto';

/**
 * Scripts run only with this answer's nonce, or when such a script loads them. Next puts the nonce into its own
 * tags when it finds the policy on the request.
 * @param {{ isDevelopment: boolean, isHttps: boolean }} place
 * @returns {string}
 */
export function contentSecurityPolicy({ isDevelopment, isHttps }) {
  const nonce = `'nonce-${randomBytes(18).toString('base64')}'`;
  const directives = [
    "default-src 'none'",
    `script-src ${nonce} 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' ${nonce}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ];
  return [...directives, ...(isHttps ? ['upgrade-insecure-requests'] : [])].join('; ');
}

const PERMISSIONS = [
  ...[
    'accelerometer',
    'browsing-topics',
    'camera',
    'display-capture',
    'geolocation',
    'gyroscope',
    'microphone',
  ],
  ...['midi', 'payment', 'serial', 'usb', 'xr-spatial-tracking'],
];

/**
 * @param {boolean} isHttps
 * @returns {Record<string, string>}
 */
export function fixedSecurityHeaders(isHttps) {
  return {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    // Not "no-referrer": browsers would then send "Origin: null" with forms, and every action refuses that.
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': PERMISSIONS.map((feature) => `${feature}=()`).join(', '),
    ...(isHttps ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : {}),
  };
}

/** @param {string} target */
function isStatic(target) {
  return target.startsWith('/_next/static/') || /^\/(?:fonts\/|favicon\.ico$|icon\.svg$)/.test(target);
}

/**
 * Completes the answer's headers at the moment they are sent: a route may set its own, and nothing that is made
 * for one person is kept by a cache.
 * @param {import('node:http').ServerResponse} response
 * @param {{ target: string, headers: Record<string, string> }} answer
 */
export function completeHeaders(response, { target, headers }) {
  const writeHead = response.writeHead;
  response.writeHead = function (/** @type {any[]} */ ...given) {
    for (const [name, value] of Object.entries(headers)) {
      if (!this.hasHeader(name)) this.setHeader(name, value);
    }
    this.removeHeader('x-powered-by');
    const caching = String(this.getHeader('cache-control') ?? '');
    if (!isStatic(target) && (caching === '' || caching.includes('s-maxage'))) {
      this.setHeader('cache-control', 'no-store');
    }
    return Reflect.apply(writeHead, this, given);
  };
}
