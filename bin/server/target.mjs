/**
 * The path and query to serve, or null when the request line is not one a browser of ours would send: another
 * host's absolute form, dot segments, backslashes, control characters or broken escapes, plain or encoded.
 * @param {string | undefined} url
 * @param {URL} appUrl
 * @returns {string | null}
 */
export function safeTarget(url, appUrl) {
  const target = relativeTarget(url ?? '', appUrl);
  if (!target?.startsWith('/') || target.startsWith('//')) return null;
  const [path = ''] = target.split('?', 1);
  const decoded = decodedPath(path);
  if (decoded === null || hasControlOrBackslash(decoded) || /#|%00/.test(target)) return null;
  return decoded.split('/').some((segment) => segment === '..' || segment === '.') ? null : target;
}

/**
 * @param {string} url
 * @param {URL} appUrl
 * @returns {string | null}
 */
function relativeTarget(url, appUrl) {
  if (url.startsWith('/')) return url;
  if (!URL.canParse(url)) return null;
  const absolute = new URL(url);
  return absolute.origin === appUrl.origin ? `${absolute.pathname}${absolute.search}` : null;
}

/** @param {string} text */
function hasControlOrBackslash(text) {
  return [...text].some((character) => character === '\\' || character < ' ' || character === '\u007f');
}

/**
 * Decodes twice, so that an escape of an escape does not get past.
 * @param {string} path
 * @returns {string | null}
 */
function decodedPath(path) {
  try {
    const once = decodeURIComponent(path);
    return once.includes('%') ? decodeTwice(once) : once;
  } catch {
    return null;
  }
}

/** @param {string} once */
function decodeTwice(once) {
  try {
    return decodeURIComponent(once);
  } catch {
    return once;
  }
}
