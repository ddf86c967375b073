/** Any origin serves: only the path is looked at, and only one that stays on it is given back. */
const base = 'https://origin.invalid';

/** Controls and spaces are dropped by browsers, a backslash is a slash to them. */
const suspicious = /[\p{Cc}\p{Z}\\]/u;

/** What decoding once or twice brings to light; null when it cannot be decoded. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Whether a path, as it stands, could lead to another host. */
const leaves = (path: string): boolean =>
  !path.startsWith('/') || path.startsWith('//') || suspicious.test(path);

/** Whether it could after being decoded, by a browser, a proxy or a framework that decodes once more. */
function leavesDecoded(path: string): boolean {
  const pathname = path.split(/[?#]/, 1)[0] ?? '';
  const once = decoded(pathname);
  const twice = once === null ? null : decoded(once);
  return [once, twice].some((text) => text === null || leaves(text));
}

/**
 * The same-origin path to return to after signing in, or null when the given text is anything else: an absolute address,
 * `//host`, `/\host`, their encoded and tabbed forms. The sign-in's own pages and the API are no place to return to.
 */
export function safeReturnPath(given: string | null | undefined): string | null {
  if (!given || given.length > 2000 || leaves(given) || leavesDecoded(given)) return null;
  if (!URL.canParse(given, base)) return null;
  const { origin, pathname, search } = new URL(given, base);
  if (origin !== base || leaves(pathname) || pathname.startsWith('/api/')) return null;
  return /^\/(?:login|sign-out)(?:\/|$)/.test(pathname) ? null : `${pathname}${search}`;
}
