import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeReturnPath } from './return-path';

test.each([
  '/account',
  '/account/sessions?page=2',
  '/organizations/north-wind/members?q=a%20b',
  '/organizations/b%C3%BCro/settings',
  '/',
])('returns to %s', (path) => {
  expect(safeReturnPath(path)).toBe(path);
});

test.each([
  ['', 'nothing'],
  ['account', 'a path without its slash'],
  ['https://evil.example/', 'another origin'],
  ['javascript:alert(1)', 'a script'],
  ['//evil.example', 'an address without scheme'],
  ['///evil.example', 'three slashes'],
  ['/\\evil.example', 'a backslash'],
  ['\\\\evil.example', 'two backslashes'],
  ['/\t/evil.example', 'a tab'],
  ['/\n/evil.example', 'a line feed'],
  [' //evil.example', 'a space before'],
  ['/%2F/evil.example', 'an encoded slash in front'],
  ['/%2fevil.example', 'an encoded slash'],
  ['/%5Cevil.example', 'an encoded backslash'],
  ['/%09/evil.example', 'an encoded tab'],
  ['/%252Fevil.example', 'a slash encoded twice'],
  ['/.//evil.example', 'a dot segment'],
  ['/a/..//evil.example', 'a parent segment'],
  ['/%2e//evil.example', 'an encoded dot segment'],
  ['/%', 'a broken encoding'],
  ['/login', 'the sign-in itself'],
  ['/login?return_to=/login', 'the sign-in with a query'],
  ['/sign-out', 'signing out'],
  ['/api/auth/signout', 'the API'],
  [`/${'a'.repeat(2000)}`, 'a path too long'],
])('refuses %j: %s', (given) => {
  expect(safeReturnPath(given)).toBeNull();
});

test('whatever is given, the answer stays on the origin', () => {
  const piece = fc.constantFrom(
    '/',
    '\\',
    '%2f',
    '%5c',
    '%09',
    '\t',
    '.',
    '..',
    '@',
    ':',
    'a',
    'evil.example',
    '?',
    '#',
    '%',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const path = safeReturnPath(pieces.join(''));
      return path === null || new URL(path, 'https://gate.example').origin === 'https://gate.example';
    }),
    { numRuns: 3000 },
  );
});
