import { parseSettings, type SettingFault } from '@/lib/io/env';
import { migrate } from '@/lib/io/migrate';
import { type DemoSheet, seedDemo } from './seed';

/** What the launcher learns before it starts the server. */
export type Preparation =
  | { readonly ok: false; readonly faults: readonly SettingFault[] }
  | {
      readonly ok: true;
      readonly port: number;
      readonly appUrl: string;
      readonly desk: boolean;
      readonly mail: 'desk' | 'resend' | 'none';
      readonly trustedProxyHops: number;
      readonly demo: DemoSheet | null;
    };

async function prepare(): Promise<Preparation> {
  const parsed = parseSettings(process.env);
  if (!parsed.ok) return { ok: false, faults: parsed.error };
  const { port, appUrl, desk, resend, databaseUrl, embedded, trustedProxyHops } = parsed.value;
  await migrate(databaseUrl);
  const demo = embedded ? await seedDemo() : null;
  const mail = resend ? 'resend' : desk ? 'desk' : 'none';
  return { ok: true, port, appUrl, desk, mail, trustedProxyHops, demo };
}

/** A database that does not answer is the operator's to mend: one sentence says more than a stack. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? ` (${error.code})` : '';
  return `${error.message || error.name}${code}`;
}

try {
  const preparation = await prepare();
  process.send?.(preparation, () => process.exit());
} catch (error) {
  process.stderr.write(`The database could not be prepared: ${reasonOf(error)}\n`);
  process.exit(1);
}
