import { expect, test } from 'vitest';
import { judgeHost } from './host.mjs';

const here = new URL('http://localhost:3000');
const abroad = new URL('https://gatehouse.example.com');

test.each(['localhost:3000', 'LOCALHOST:3000'])('%s is served', (host) => {
  expect(judgeHost(host, here)).toEqual({ verdict: 'accepted' });
});

test.each(['127.0.0.1:3000', '127.8.8.8:3000', '[::1]:3000', 'localhost'])('%s leads to APP_URL', (host) => {
  expect(judgeHost(host, here)).toEqual({ verdict: 'redirected', origin: 'http://localhost:3000' });
});

test.each([
  undefined,
  '',
  'evil.example',
  'localhost.evil.example:3000',
  'localhost:3000@evil.example',
  'evil.example/localhost:3000',
  'localhost:3000, evil.example',
  '127.0.0.1.evil.example',
  'localhost:99999',
])('%s is refused', (host) => {
  expect(judgeHost(host, here)).toEqual({ verdict: 'refused' });
});

test('a public APP_URL is served under its own name only, with or without its default port', () => {
  expect(judgeHost('gatehouse.example.com', abroad).verdict).toBe('accepted');
  expect(judgeHost('gatehouse.example.com:443', abroad).verdict).toBe('accepted');
  expect(judgeHost('gatehouse.example.com:8443', abroad).verdict).toBe('refused');
  expect(judgeHost('localhost', abroad).verdict).toBe('refused');
});
