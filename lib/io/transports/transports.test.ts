import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resendTransport } from './resend';
import type { Letter } from './transport';
import { twilioTransport } from './twilio';

type Seen = { readonly url: string; readonly headers: IncomingHttpHeaders; readonly body: string };

let server: Server;
let seen: Seen[] = [];
/** Null leaves the request unanswered. */
let status: number | null = 200;
/** What a refusal says besides its status. */
let refusal: Readonly<Record<string, string>> = {};

beforeEach(async () => {
  seen = [];
  status = 200;
  refusal = { name: 'application_error', message: 'no' };
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      seen.push({ url: request.url ?? '', headers: request.headers, body });
      if (status === null) return;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(status < 300 ? { id: 'x' } : { statusCode: status, ...refusal }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const resend = (timeout?: number) => resendTransport({ apiKey: 're_test', baseUrl: origin() }, timeout);
const twilio = (timeout?: number) =>
  twilioTransport({ accountSid: 'AC1', authToken: 't', from: '+15550100', baseUrl: origin() }, timeout);

const mail: Letter = {
  idempotencyKey: 'row-1',
  channel: 'email',
  to: 'ann@example.com',
  from: 'Gatehouse <security@example.com>',
  subject: 'Your sign-in code',
  text: 'plain',
  html: '<p>html</p>',
};
const sms: Letter = {
  ...mail,
  channel: 'sms',
  to: '+15550199',
  from: '+15550100',
  subject: null,
  html: null,
};

describe('mail through the provider’s own client', () => {
  it('carries both parts, the key and an idempotency key', async () => {
    expect(await resend()(mail)).toEqual({ ok: true, value: null });
    expect(seen[0]).toMatchObject({
      url: '/emails',
      headers: { authorization: 'Bearer re_test', 'idempotency-key': 'row-1' },
    });
    expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({
      from: 'Gatehouse <security@example.com>',
      to: 'ann@example.com',
      subject: 'Your sign-in code',
      text: 'plain',
      html: '<p>html</p>',
    });
  });

  it.each([
    [422, 'never'],
    [429, 'later'],
    [401, 'later'],
    [500, 'later'],
  ] as const)('takes status %i for "%s"', async (answer, code) => {
    status = answer;
    expect(await resend()(mail)).toMatchObject({ ok: false, error: { code } });
  });

  it('tells a mailbox that nobody can reach from every other refusal', async () => {
    status = 422;
    refusal = { name: 'validation_error', message: 'Invalid `to` field.' };
    expect(await resend()(mail)).toMatchObject({ error: { code: 'bounced' } });
    refusal = { name: 'validation_error', message: 'Invalid `from` field.' };
    expect(await resend()(mail)).toMatchObject({ error: { code: 'never' } });
  });

  it('keeps nothing of a letter that the provider repeats in its refusal', async () => {
    status = 422;
    refusal = { name: `refused: ${mail.text}`, message: `cannot send "${mail.text}" to ${mail.to}` };
    const answer = await resend()(mail);
    expect(answer).toEqual({ ok: false, error: { code: 'never', message: 'refused, status 422' } });
  });

  it('gives up on a provider that hangs or is gone', async () => {
    status = null;
    expect(await resend(100)(mail)).toMatchObject({ ok: false, error: { code: 'later' } });
    const gone = resendTransport({ apiKey: 're_test', baseUrl: 'http://127.0.0.1:1' });
    expect(await gone(mail)).toMatchObject({ ok: false, error: { code: 'later' } });
  });
});

describe('a text message', () => {
  it('is posted as a form with the account’s credentials', async () => {
    expect(await twilio()(sms)).toEqual({ ok: true, value: null });
    expect(seen[0]?.url).toBe('/2010-04-01/Accounts/AC1/Messages.json');
    expect(seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from('AC1:t').toString('base64')}`);
    expect(Object.fromEntries(new URLSearchParams(seen[0]?.body))).toEqual({
      To: '+15550199',
      From: '+15550100',
      Body: 'plain',
    });
  });

  it('fails for now when the provider hangs, for good when it refuses', async () => {
    status = 400;
    expect(await twilio()(sms)).toMatchObject({ ok: false, error: { code: 'never' } });
    status = null;
    expect(await twilio(100)(sms)).toMatchObject({ ok: false, error: { code: 'later' } });
  });
});
