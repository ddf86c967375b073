import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { isForwarded, settleHeaders } from './request-headers.mjs';

test('nothing a client says about where it comes from, or in our own name, gets through', () => {
  const request = new IncomingMessage(new Socket());
  request.url = '/account/sessions?_rsc=abc&page=2';
  request.headers = {
    host: 'localhost:3000',
    accept: 'text/html',
    forwarded: 'for=1.1.1.1',
    'x-real-ip': '1.1.1.1',
    'x-forwarded-for': '1.1.1.1',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-server': 'evil.example',
    'x-gatehouse-peer': '1.1.1.1',
    'x-gatehouse-hop': 'guessed',
    'x-middleware-subrequest': 'proxy',
    'content-security-policy': "script-src 'nonce-known'",
  };
  expect(isForwarded(request.headers)).toBe(true);
  const appUrl = new URL('https://gatehouse.example.com');
  settleHeaders(request, {
    peer: '198.51.100.9',
    hop: 'own',
    wasForwarded: false,
    appUrl,
    contentSecurityPolicy: 'ours',
  });
  expect(request.headers).toEqual({
    accept: 'text/html',
    host: 'gatehouse.example.com',
    'x-forwarded-for': '198.51.100.9',
    'x-forwarded-host': 'gatehouse.example.com',
    'x-forwarded-proto': 'https',
    'x-gatehouse-peer': '198.51.100.9',
    'x-gatehouse-hop': 'own',
    'x-gatehouse-path': '/account/sessions?page=2',
    'content-security-policy': 'ours',
  });
});

test('what a client calls itself is kept no longer than any browser’s name', () => {
  const request = new IncomingMessage(new Socket());
  request.url = '/';
  request.headers = { 'user-agent': 'x'.repeat(10_000) };
  const appUrl = new URL('https://gatehouse.example.com');
  settleHeaders(request, { peer: '::1', hop: 'own', wasForwarded: false, appUrl, contentSecurityPolicy: '' });
  expect(request.headers['user-agent']).toHaveLength(512);
});

test.for([
  [{ 'next-router-prefetch': '2' }, '1'],
  [{ 'next-router-segment-prefetch': '/_tree' }, '1'],
  [{ 'sec-purpose': 'prefetch;prerender' }, '1'],
  [{ purpose: 'prefetch' }, '1'],
  [{ rsc: '1' }, undefined],
  [{ 'x-gatehouse-passive': '1' }, undefined],
] as const)('pages are told of what is fetched ahead: %j', ([headers, told]) => {
  const request = new IncomingMessage(new Socket());
  request.url = '/';
  request.headers = headers;
  const appUrl = new URL('https://gatehouse.example.com');
  settleHeaders(request, { peer: '::1', hop: 'own', wasForwarded: false, appUrl, contentSecurityPolicy: '' });
  expect(request.headers['x-gatehouse-passive']).toBe(told);
});
