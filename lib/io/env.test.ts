import { describe, expect, it } from 'vitest';
import { parseSettings } from './env';

const secret = 'a-secret-of-at-least-thirty-two-bytes!';
const server = {
  APP_URL: 'https://id.example.com',
  DATABASE_URL: 'postgres://app:pw@db.example.com:5432/gatehouse',
  GATEHOUSE_SECRET: secret,
  RESEND_API_KEY: 're_123',
  MAIL_FROM: 'Gatehouse <security@example.com>',
};
const local = {
  DATABASE_URL: 'postgres://app:pw@127.0.0.1:5432/gatehouse',
  GATEHOUSE_SECRET: secret,
  DEV_DESK: 'on',
};

const faultNames = (source: Record<string, string>) => {
  const parsed = parseSettings(source);
  return parsed.ok ? [] : parsed.error.map((fault) => fault.name);
};
const values = (source: Record<string, string>) => {
  const parsed = parseSettings(source);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
};

describe('settings', () => {
  it('have defaults for all that may be left out', () => {
    expect(values(local)).toMatchObject({
      port: 3000,
      appUrl: 'http://localhost:3000',
      desk: true,
      trustedProxyHops: 0,
      smsCountries: null,
    });
    expect(values(server)).toMatchObject({ desk: false, twilio: null, embedded: false });
    expect(values({ ...local, PORT: '3104' }).appUrl).toBe('http://localhost:3104');
  });

  it('tell every fault at once, by name', () => {
    expect(
      faultNames({
        PORT: '0',
        APP_URL: 'ftp://x',
        DATABASE_URL: 'mysql://x/y',
        GATEHOUSE_SECRET: 'short',
        LOG_LEVEL: 'loud',
      }),
    ).toEqual(
      expect.arrayContaining([
        'PORT',
        'APP_URL',
        'DATABASE_URL',
        'GATEHOUSE_SECRET',
        'LOG_LEVEL',
        'RESEND_API_KEY',
        'MAIL_FROM',
      ]),
    );
  });

  it('take an empty value for one that is not set', () => {
    expect(faultNames({ ...local, RESEND_API_KEY: '  ', SMS_COUNTRIES: '' })).toEqual([]);
  });

  it.each([
    'http://id.example.com',
    'https://id.example.com/path',
    'https://id.example.com/?a=1',
    'https://user@id.example.com',
    'id.example.com',
  ])('refuse %s as APP_URL', (APP_URL) => {
    expect(faultNames({ ...server, APP_URL })).toEqual(['APP_URL']);
  });

  it.each(['http://localhost:3000', 'http://127.0.0.1:3000/', 'http://[::1]:3000'])(
    'allow plain %s',
    (APP_URL) => {
      expect(faultNames({ ...local, APP_URL })).toEqual([]);
    },
  );

  it('allow the desk on this machine only, and beside no real transport and no proxy', () => {
    expect(faultNames({ ...local, APP_URL: 'https://id.example.com' })).toEqual(['DEV_DESK']);
    expect(faultNames({ ...local, RESEND_API_KEY: 're_1' })).toEqual(['DEV_DESK']);
    expect(faultNames({ ...local, TWILIO_BASE_URL: 'http://127.0.0.1:9' })).toEqual(['DEV_DESK']);
    expect(faultNames({ ...local, TRUSTED_PROXY_HOPS: '1' })).toEqual(['DEV_DESK']);
    expect(faultNames({ ...local, TRUSTED_PROXY_HOPS: '0' })).toEqual([]);
  });

  it('keep the desk off beside a database of one’s own unless it is asked for', () => {
    const { DEV_DESK: _, ...quiet } = local;
    expect(faultNames(quiet)).toEqual(['RESEND_API_KEY', 'MAIL_FROM']);
    expect(values({ ...quiet, GATEHOUSE_EMBEDDED: 'on' }).desk).toBe(true);
    expect(values({ ...server, DEV_DESK: 'off' }).desk).toBe(false);
  });

  it('want the settings of a text message provider together', () => {
    expect(faultNames({ ...server, TWILIO_ACCOUNT_SID: 'AC1' })).toEqual([
      'TWILIO_AUTH_TOKEN',
      'TWILIO_FROM',
    ]);
  });

  it('want a secret of 32 bytes, and another one before it', () => {
    expect(faultNames({ ...local, GATEHOUSE_SECRET: 'x'.repeat(31) })).toEqual(['GATEHOUSE_SECRET']);
    expect(faultNames({ ...local, GATEHOUSE_SECRET: 'é'.repeat(16) })).toEqual([]);
    expect(faultNames({ ...local, GATEHOUSE_SECRET_PREVIOUS: secret })).toEqual([
      'GATEHOUSE_SECRET_PREVIOUS',
    ]);
  });

  it('read lists, and refuse strangers in them', () => {
    expect(
      values({ ...local, DNS_SERVERS: '192.0.2.1:53, [2001:db8::1]:5353', SMS_COUNTRIES: 'US, DE' }),
    ).toMatchObject({
      dnsServers: ['192.0.2.1:53', '[2001:db8::1]:5353'],
      smsCountries: ['US', 'DE'],
    });
    expect(faultNames({ ...local, DNS_SERVERS: 'dns.example.com:53', SMS_COUNTRIES: 'Germany' })).toEqual([
      'SMS_COUNTRIES',
      'DNS_SERVERS',
    ]);
  });

  it('keep line breaks out of the sender', () => {
    expect(faultNames({ ...local, MAIL_FROM: 'A\r\nBcc: x@example.com <a@example.com>' })).toEqual([
      'MAIL_FROM',
    ]);
  });
});
