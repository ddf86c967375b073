import { describe, expect, it } from 'vitest';
import { checkDisplayName, slugFrom } from './display-name';

const fault = (typed: string) => {
  const checked = checkDisplayName(typed);
  return checked.ok ? null : checked.error.code;
};

describe('a display name', () => {
  it.each([
    'Northwind',
    'Acme Inc.',
    'J.R.R. Tolkien',
    '山田 太郎',
    'Ünal & Söhne',
    '7. Himmel',
    'a'.repeat(60),
    '👩‍🚀 Space',
  ])('may be %s', (name) =>
    expect(checkDisplayName(name)).toEqual({ ok: true, value: name.normalize('NFC') }),
  );
  it.each([
    ['', 'name_missing'],
    ['   ', 'name_missing'],
    ['a'.repeat(61), 'name_too_long'],
    ['Win at evil.com', 'name_holds_address'],
    ['http://x', 'name_holds_address'],
    ['WWW.example', 'name_holds_address'],
    ['me@you', 'name_holds_address'],
    ['me＠you', 'name_holds_address'],
    ['two\nlines', 'name_unprintable'],
    ['\u202eevil', 'name_unprintable'],
    ['half \ud800', 'name_unprintable'],
  ])('may not be %j: %s', (name, code) => expect(fault(name)).toBe(code));
  it('counts code points, not UTF-16 units', () => expect(fault('😀'.repeat(60))).toBeNull());
  it('loses outer and doubled space', () =>
    expect(checkDisplayName('  a   b ')).toEqual({ ok: true, value: 'a b' }));
});

describe('a slug', () => {
  it.each([
    ['Northwind Traders, Inc.', 'northwind-traders-inc'],
    ['Ünal & Söhne', 'unal-sohne'],
    ['Große', 'grosse'],
    ['山田', ''],
    ['--', ''],
  ])('of %s is %s', (name, slug) => expect(slugFrom(name)).toBe(slug));
  it('is short and never ends in a hyphen', () => {
    const slug = slugFrom(`${'a'.repeat(39)} b`);
    expect(slug).toBe('a'.repeat(39));
  });
});
