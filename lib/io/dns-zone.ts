import 'server-only';
import { asc, eq } from 'drizzle-orm';
import { dnsZoneRecords } from '@/drizzle/schema';
import { type Database, database } from './db';

export const dnsFailures = ['SERVFAIL', 'timeout', 'NXDOMAIN'] as const;
export type DnsFailure = (typeof dnsFailures)[number];

/** What the development desk's DNS server says of a name: its TXT values, or how it fails. */
export type ZoneEntry =
  | { readonly name: string; readonly values: readonly string[] }
  | { readonly name: string; readonly fail: DnsFailure };

export const zoneName = (name: string): string => name.trim().toLowerCase().replace(/\.$/, '');

type Row = Pick<typeof dnsZoneRecords.$inferSelect, 'name' | 'values' | 'failure'>;

const columns = { name: dnsZoneRecords.name, values: dnsZoneRecords.values, failure: dnsZoneRecords.failure };

const entryOf = ({ name, values, failure }: Row): ZoneEntry =>
  failure === null ? { name, values } : { name, fail: failure };

export async function zoneEntry(name: string, db: Database = database()): Promise<ZoneEntry | null> {
  const [row] = await db
    .select(columns)
    .from(dnsZoneRecords)
    .where(eq(dnsZoneRecords.name, zoneName(name)));
  return row ? entryOf(row) : null;
}

export async function listZone(): Promise<readonly ZoneEntry[]> {
  const rows = await database().select(columns).from(dnsZoneRecords).orderBy(asc(dnsZoneRecords.name));
  return rows.map(entryOf);
}

export async function putZoneEntry(entry: ZoneEntry): Promise<void> {
  const content =
    'fail' in entry ? { values: [], failure: entry.fail } : { values: entry.values, failure: null };
  await database()
    .insert(dnsZoneRecords)
    .values({ name: zoneName(entry.name), ...content })
    .onConflictDoUpdate({ target: dnsZoneRecords.name, set: content });
}

export async function deleteZoneEntry(name: string): Promise<void> {
  await database()
    .delete(dnsZoneRecords)
    .where(eq(dnsZoneRecords.name, zoneName(name)));
}
