import 'server-only';
import { fail, ok, type Result } from '@/lib/policy/result';
import { isLoopbackHost, type SettingFields, type SettingName, settingFields } from './env-fields';
import { processWide } from './process-wide';

export type SettingFault = { readonly name: SettingName; readonly message: string };

export type ResendSettings = { readonly apiKey: string; readonly baseUrl: string };
export type TwilioSettings = {
  readonly accountSid: string;
  readonly authToken: string;
  readonly from: string;
  readonly baseUrl: string;
};

export type Settings = {
  readonly port: number;
  /** Origin only, without a trailing slash. Links and the host check rest on it. */
  readonly appUrl: string;
  readonly databaseUrl: string;
  /** The database is the launcher's own: only there is the demo seeded. */
  readonly embedded: boolean;
  readonly secret: string;
  readonly previousSecret: string | null;
  readonly desk: boolean;
  readonly mailFrom: string;
  readonly resend: ResendSettings | null;
  readonly twilio: TwilioSettings | null;
  /** ISO 3166 codes; null allows every country. */
  readonly smsCountries: readonly string[] | null;
  readonly pwnedApiUrl: string | null;
  readonly dnsServers: readonly string[] | null;
  readonly trustedProxyHops: number;
  readonly logLevel: SettingFields['LOG_LEVEL'];
  readonly otlpEndpoint: string | null;
};

type Source = Readonly<Record<string, string | undefined>>;

const twilioNames = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'] as const;

/** Trims, and takes an empty setting for one that is not set. */
function present(source: Source): Source {
  const names = Object.keys(settingFields.shape);
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = source[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
}

const appUrlOf = (source: Source) => source.APP_URL ?? `http://localhost:${source.PORT ?? '3000'}`;

const isDeskOn = (source: Source) =>
  source.DEV_DESK
    ? source.DEV_DESK === 'on'
    : source.DATABASE_URL === undefined || source.GATEHOUSE_EMBEDDED === 'on';

function deskFaults(source: Source): SettingFault[] {
  const url = appUrlOf(source);
  const strangers = Object.keys(source).filter(
    (name) =>
      /^(RESEND|TWILIO)_/.test(name) || (name === 'TRUSTED_PROXY_HOPS' && source.TRUSTED_PROXY_HOPS !== '0'),
  );
  const faults: SettingFault[] = [];
  if (URL.canParse(url) && !isLoopbackHost(new URL(url).hostname))
    faults.push({
      name: source.DEV_DESK ? 'DEV_DESK' : 'APP_URL',
      message: 'the development desk needs an APP_URL on this machine, such as http://localhost:3000.',
    });
  if (strangers.length > 0)
    faults.push({
      name: 'DEV_DESK',
      message: `the development desk does not start beside ${strangers.join(', ')}: unset them or set DEV_DESK=off.`,
    });
  return faults;
}

function transportFaults(source: Source): SettingFault[] {
  const mail = (['RESEND_API_KEY', 'MAIL_FROM'] as const)
    .filter((name) => !source[name])
    .map((name) => ({ name, message: 'is needed to send mail while the development desk is off.' }));
  const given = twilioNames.filter((name) => source[name]);
  const isStarted = given.length > 0 || source.TWILIO_BASE_URL !== undefined;
  const sms = twilioNames
    .filter((name) => isStarted && !source[name])
    .map((name) => ({ name, message: 'is needed beside the other TWILIO settings.' }));
  return [...mail, ...sms];
}

function ruleFaults(source: Source): SettingFault[] {
  const needed = (['DATABASE_URL', 'GATEHOUSE_SECRET'] as const)
    .filter((name) => !source[name])
    .map((name) => ({ name, message: 'is needed; `npm start` sets it when it brings its own Postgres.' }));
  const rotation: SettingFault[] =
    source.GATEHOUSE_SECRET && source.GATEHOUSE_SECRET === source.GATEHOUSE_SECRET_PREVIOUS
      ? [{ name: 'GATEHOUSE_SECRET_PREVIOUS', message: 'must differ from GATEHOUSE_SECRET.' }]
      : [];
  return [...needed, ...rotation, ...(isDeskOn(source) ? deskFaults(source) : transportFaults(source))];
}

function shape(source: Source, fields: SettingFields): Settings {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: from } = fields;
  return {
    port: fields.PORT,
    appUrl: new URL(appUrlOf(source)).origin,
    databaseUrl: fields.DATABASE_URL ?? '',
    embedded: fields.GATEHOUSE_EMBEDDED === 'on',
    secret: fields.GATEHOUSE_SECRET ?? '',
    previousSecret: fields.GATEHOUSE_SECRET_PREVIOUS ?? null,
    desk: isDeskOn(source),
    mailFrom: fields.MAIL_FROM ?? 'Gatehouse <security@gatehouse.example>',
    resend: fields.RESEND_API_KEY
      ? { apiKey: fields.RESEND_API_KEY, baseUrl: fields.RESEND_BASE_URL ?? 'https://api.resend.com' }
      : null,
    twilio:
      accountSid && authToken && from
        ? { accountSid, authToken, from, baseUrl: fields.TWILIO_BASE_URL ?? 'https://api.twilio.com' }
        : null,
    smsCountries: fields.SMS_COUNTRIES ?? null,
    pwnedApiUrl: fields.PWNED_API_URL ?? null,
    dnsServers: fields.DNS_SERVERS ?? null,
    trustedProxyHops: fields.TRUSTED_PROXY_HOPS,
    logLevel: fields.LOG_LEVEL,
    otlpEndpoint: fields.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
  };
}

/** Reads every setting and tells all faults at once. */
export function parseSettings(source: Source): Result<Settings, readonly SettingFault[]> {
  const given = present(source);
  const parsed = settingFields.safeParse(given);
  const own = parsed.success
    ? []
    : parsed.error.issues.map((issue) => ({ name: issue.path[0] as SettingName, message: issue.message }));
  const faults = [...own, ...ruleFaults(given)];
  return parsed.success && faults.length === 0 ? ok(shape(given, parsed.data)) : fail(faults);
}

/** One line a fault, as the launcher prints them. */
export function describeFaults(faults: readonly SettingFault[]): string {
  return faults.map(({ name, message }) => `${name}: ${message}`).join('\n');
}

/** The settings of this process, read once. */
export function settings(): Settings {
  return processWide('settings', () => {
    const parsed = parseSettings(process.env);
    if (parsed.ok) return parsed.value;
    throw new Error(`The settings have faults:\n${describeFaults(parsed.error)}`);
  });
}
