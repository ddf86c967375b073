import 'server-only';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** RFC 8785 sorts by UTF-16 code units, which is how JavaScript compares strings. */
const byCodeUnit = ([left]: [string, unknown], [right]: [string, unknown]) =>
  left < right ? -1 : left > right ? 1 : 0;

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

function requireWellFormed(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('a lone surrogate has no canonical form');
  return JSON.stringify(text);
}

/** The one spelling of a JSON value by RFC 8785: what is equal is spelled alike, byte for byte. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return requireWellFormed(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('only finite numbers have a canonical form');
    return JSON.stringify(value);
  }
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value)
    .sort(byCodeUnit)
    .map(([name, member]) => `${requireWellFormed(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

const storableText = (text: string) => text.toWellFormed().replaceAll('\u0000', '\ufffd');

/**
 * A value as Postgres will give it back: without `undefined`, and without the characters its `text` and
 * `jsonb` refuse. Hashing this form before storing equals hashing what is read later.
 */
export function storable(value: unknown): Json {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return storableText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null;
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === undefined) return null;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [storableText(name), storable(member)]),
  );
}
