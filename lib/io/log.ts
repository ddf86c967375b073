import 'server-only';
import { type Logger, pino } from 'pino';
import { settings } from './env';
import { processWide } from './process-wide';

const secretNames = [
  'password',
  'newPassword',
  'currentPassword',
  'token',
  'code',
  'secret',
  'key',
  'payload',
  'authorization',
  'cookie',
  'set-cookie',
];

const redactPaths = secretNames.flatMap((name) =>
  ['', '*.', '*.*.'].map((prefix) =>
    name.includes('-') ? `${prefix}["${name}"]`.replace('.[', '[') : `${prefix}${name}`,
  ),
);

type ErrorFields = {
  readonly type: string;
  readonly message: string;
  readonly reason?: unknown;
  readonly stack: string | undefined;
  readonly cause?: ErrorFields;
};

/** Errors of the database layer carry the parameters of the statement, which may be personal or secret. */
const withoutParameters = (text: string) => text.replace(/\n?params: [\s\S]*?(?=\n {4}at |$)/, '');

/** What is written down of an error. */
export function errorFields(error: unknown): ErrorFields {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an Error', stack: undefined };
  return {
    type: error.name,
    message: withoutParameters(error.message),
    ...('code' in error ? { reason: error.code } : {}),
    stack: error.stack === undefined ? undefined : withoutParameters(error.stack),
    ...(error.cause instanceof Error ? { cause: errorFields(error.cause) } : {}),
  };
}

/** Structured lines on standard output, never with a secret in them. */
export function log(): Logger {
  return processWide('log', () =>
    pino({
      level: settings().logLevel,
      base: { app: 'gatehouse' },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: redactPaths, censor: '[secret]' },
      serializers: { err: errorFields, error: errorFields },
    }),
  );
}
