import { expect, test } from 'vitest';
import { isFromElsewhere } from './origin.mjs';

const app = new URL('https://gatehouse.example');
const sent = (headers: Record<string, string>, method = 'POST') => isFromElsewhere({ method, headers }, app);

test.for([
  'https://evil.example',
  'http://gatehouse.example',
  'https://gatehouse.example:444',
  'https://gatehouse.example.evil.example',
  'null',
  'gatehouse.example',
  '',
])('what %s sends is not ours', (origin) => {
  expect(sent({ origin })).toBe(true);
});

test.for(['cross-site', 'same-site', 'anything'])('a nameless %s request is not ours', (site) => {
  expect(sent({ 'sec-fetch-site': site })).toBe(true);
});

test('our own pages, a typed address and programs may send', () => {
  expect(sent({ origin: 'https://gatehouse.example', 'sec-fetch-site': 'same-origin' })).toBe(false);
  expect(sent({ 'sec-fetch-site': 'same-origin' })).toBe(false);
  expect(sent({ 'sec-fetch-site': 'none' })).toBe(false);
  expect(sent({})).toBe(false);
});

test('a link on another site leads to us', () => {
  for (const method of ['GET', 'HEAD', 'OPTIONS'])
    expect(sent({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, method)).toBe(false);
  for (const method of ['PUT', 'PATCH', 'DELETE', 'TRACE'])
    expect(sent({ origin: 'https://evil.example' }, method)).toBe(true);
});
