import 'server-only';
import { isIP } from 'node:net';
import { z } from 'zod';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Whether a host name can only mean this machine. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  if (name === 'localhost' || name.endsWith('.localhost') || name === '::1') return true;
  return isIP(name) === 4 && name.startsWith('127.');
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

const isWeb = (url: URL) => url.protocol === 'http:' || url.protocol === 'https:';
const isSafe = (url: URL) => url.protocol === 'https:' || isLoopbackHost(url.hostname);
const isOriginOnly = (url: URL) => `${url.origin}/` === url.href;

const serviceUrl = z
  .string()
  .refine((text) => {
    const url = parseUrl(text);
    return url !== null && isWeb(url) && isSafe(url);
  }, 'must be an https address (plain http only on this machine), such as https://api.example.com.')
  .transform((text) => text.replace(/\/+$/, ''));

const appUrl = z
  .string()
  .superRefine((text, context) => {
    const url = parseUrl(text);
    if (url === null || !isWeb(url))
      context.addIssue('must be a web address, such as https://gatehouse.example.com.');
    else if (!isOriginOnly(url))
      context.addIssue('must be an origin only: no path, query, user or fragment.');
    else if (!isSafe(url)) context.addIssue('must start with https:// unless it names this machine.');
  })
  .transform((text) => parseUrl(text)?.origin ?? text);

const databaseUrl = z.string().refine((text) => {
  const url = parseUrl(text);
  return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.hostname !== '';
}, 'must be a Postgres address, such as postgres://user:password@host:5432/name.');

const secret = z
  .string()
  .refine(
    (text) => Buffer.byteLength(text) >= 32,
    'must be at least 32 bytes long; `openssl rand -base64 48` makes one.',
  );

const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .refine(
      (text) => /^\d{1,6}$/.test(text) && Number(text) >= from && Number(text) <= to,
      `must be a whole number from ${from} to ${to}.`,
    )
    .transform(Number);

const mailFrom = z
  .string()
  .regex(
    /^(?:[^<>"@,\r\n]+ <[^\s<>@,]+@[^\s<>@,]+>|[^\s<>@,]+@[^\s<>@,]+)$/,
    'must be an address, such as Gatehouse <security@example.com>.',
  );

const list = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function isServer(text: string): boolean {
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+)|([0-9a-f:]*:[0-9a-f:]*:[0-9a-f:.]*))(?::(\d{1,5}))?$/i.exec(
    text,
  );
  if (!match) return false;
  const host = match[1] ?? match[2] ?? match[3] ?? '';
  return isIP(host) !== 0 && Number(match[4] ?? '53') >= 1 && Number(match[4] ?? '53') <= 65_535;
}

const optionalList = (isGood: (part: string) => boolean, message: string) =>
  z
    .string()
    .transform(list)
    .refine((parts) => parts.length > 0 && parts.every(isGood), message)
    .optional();

/** What each setting looks like on its own; rules between settings stand in env.ts. */
export const settingFields = z.object({
  PORT: wholeNumber(1, 65_535).default(3000),
  APP_URL: appUrl.optional(),
  DATABASE_URL: databaseUrl.optional(),
  GATEHOUSE_SECRET: secret.optional(),
  GATEHOUSE_SECRET_PREVIOUS: secret.optional(),
  GATEHOUSE_EMBEDDED: z.enum(['on', 'off'], 'is set by the launcher: on or off.').default('off'),
  RESEND_API_KEY: z.string().regex(/^\S+$/, 'must be a key without spaces.').optional(),
  RESEND_BASE_URL: serviceUrl.optional(),
  MAIL_FROM: mailFrom.optional(),
  TWILIO_ACCOUNT_SID: z.string().regex(/^\w+$/, 'must be letters and digits only.').optional(),
  TWILIO_AUTH_TOKEN: z.string().regex(/^\S+$/, 'must be a token without spaces.').optional(),
  TWILIO_FROM: z
    .string()
    .regex(/^\+[1-9]\d{4,14}$|^[A-Za-z0-9 ]{1,11}$/, 'must be a number such as +15550100 or a sender name.')
    .optional(),
  TWILIO_BASE_URL: serviceUrl.optional(),
  SMS_COUNTRIES: optionalList(
    (part) => /^[A-Z]{2}$/.test(part),
    'must list country codes, such as US,DE,IN.',
  ),
  PWNED_API_URL: serviceUrl.optional(),
  DNS_SERVERS: optionalList(
    isServer,
    'must list addresses of DNS servers, such as 192.0.2.53:53,[2001:db8::53]:53.',
  ),
  TRUSTED_PROXY_HOPS: wholeNumber(0, 10).default(0),
  DEV_DESK: z.enum(['on', 'off'], 'must be on or off.').optional(),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}.`).default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: serviceUrl.optional(),
});

export type SettingName = keyof typeof settingFields.shape;
export type SettingFields = z.infer<typeof settingFields>;
