import { sql } from 'drizzle-orm';
import { customType, text, uuid } from 'drizzle-orm/pg-core';
import type { Instant } from '@/lib/policy/time';

/** `timestamptz(3)` read and written as an `Instant` (epoch milliseconds), so no `Date` passes through the house. */
export const instant = customType<{ data: Instant; driverData: string }>({
  dataType: () => 'timestamp (3) with time zone',
  fromDriver: (value) => Date.parse(value),
  toDriver: (value) => new Date(value).toISOString(),
});

/** Raw bytes. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array | string }>({
  dataType: () => 'bytea',
  fromDriver: (value) => (typeof value === 'string' ? Buffer.from(value.slice(2), 'hex') : value),
  toDriver: (value) => Buffer.from(value),
});

/** A version-7 UUID made by the application, because `uuidv7()` exists only in Postgres 18. */
export const id = () => uuid().primaryKey();

/** When the row was written, by the database's clock. */
export const createdAt = () => instant().notNull().default(sql`now()`);

/** A text column narrowed to a closed union; the table adds the check that enforces it. */
export const oneOf = <const Values extends readonly string[]>(_values: Values) =>
  text().$type<Values[number]>();

/** The SQL list `'a', 'b'` of a closed union's values, for a check constraint. Values are literals of this code base. */
export const literals = (values: readonly string[]) =>
  sql.raw(values.map((value) => `'${value}'`).join(', '));
