import { expect, test } from 'vitest';
import { safeTarget } from './target.mjs';

const appUrl = new URL('http://localhost:3000');

test.each([
  '/',
  '/login?return_to=%2Faccount',
  '/a%20b',
  '/.well-known/security.txt',
  '/100%25',
  '/a?next=../b',
])('%s is served as it is', (url) => {
  expect(safeTarget(url, appUrl)).toBe(url);
});

test('the absolute form is served for our own origin only', () => {
  expect(safeTarget('http://localhost:3000/login?a=1', appUrl)).toBe('/login?a=1');
  expect(safeTarget('http://evil.example/login', appUrl)).toBeNull();
});

test.each([
  undefined,
  '*',
  '//evil.example/login',
  '/../etc/passwd',
  '/_next/static/%2e%2e/server/app',
  '/a/%252e%252e/b',
  '/a%5c..%5cb',
  '/\\evil.example',
  '/a%00b',
  '/members?search=a%00b',
  '/a%0d%0ab',
  '/%',
  '/a#b',
])('%s is refused', (url) => {
  expect(safeTarget(url, appUrl)).toBeNull();
});
