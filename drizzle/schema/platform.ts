import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, instant } from './columns';

/** Counters over fixed windows, each try one conditional upsert (spec 2.5). `key` names limit and subject. */
export const rateWindows = pgTable(
  'rate_windows',
  {
    key: text().notNull(),
    windowStart: instant().notNull(),
    count: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.key, table.windowStart] })],
);

/** Recurring work, taken by one instance at a time with SKIP LOCKED. Deadlines hold at read time; jobs only tidy and tell. */
export const jobs = pgTable('jobs', {
  kind: text().primaryKey(),
  nextRunAt: createdAt(),
  lastRunAt: instant(),
  lastError: text(),
});

/** The development desk's DNS zone (spec 0.3), shared by all instances. `failure` is SERVFAIL, timeout or NXDOMAIN. */
export const dnsZoneRecords = pgTable('dns_zone_records', {
  name: text().primaryKey(),
  type: text().notNull().default('TXT'),
  values: jsonb().$type<readonly string[]>().notNull(),
  failure: text().$type<'SERVFAIL' | 'timeout' | 'NXDOMAIN'>(),
  createdAt: createdAt(),
});

/** What is printed about the demo at each start (spec 0.4), sealed because it names passwords and keys. Only in the embedded database. */
export const demoSheets = pgTable('demo_sheets', {
  id: text().primaryKey(),
  sealedSheet: text().notNull(),
  createdAt: createdAt(),
});

/** What operators switch for the whole platform; a switch without a row is off. `claim_approval`: a proven claim waits for an operator (spec 2.1). */
export const platformSwitches = pgTable('platform_switches', {
  name: text().$type<'claim_approval'>().primaryKey(),
  isOn: boolean().notNull(),
  changedBy: uuid(),
  changedAt: createdAt(),
});
