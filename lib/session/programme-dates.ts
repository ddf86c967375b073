import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/lib/io/db';
import { type Cohort, type ProgrammeControlKind, personDate } from '@/lib/policy/programme';
import type { Instant } from '@/lib/policy/time';
import type { CurrentSession } from './judgement';
import { type ProgrammeItemRow, programmeRows } from './layers';
import { programmeItem, programmeMembership } from './programme-layers';

/** A published change of the platform, with the reader's own date where one is signed in and concerned. */
export type PlannedChange = {
  readonly id: string;
  readonly control: ProgrammeControlKind;
  readonly cohort: Cohort['kind'];
  readonly from: Instant;
  readonly to: Instant | null;
  readonly ownDate: Instant | null;
};

function ownDate(row: ProgrammeItemRow, session: CurrentSession): Instant | null {
  const memberships = session.memberships
    .filter((membership) => membership.suspendedAt === null)
    .map(programmeMembership);
  return personDate(programmeItem(row), { createdAt: session.accountCreatedAt, memberships });
}

/** What the platform programme changes and when, soonest first. Public; `session` adds the reader's own dates. */
export async function plannedChanges(session: CurrentSession | null): Promise<readonly PlannedChange[]> {
  const [row] = await database().execute<{ items: readonly ProgrammeItemRow[] }>(
    sql`select ${programmeRows} as items`,
  );
  return (row?.items ?? [])
    .map((item) => ({
      id: item.id,
      control: item.control,
      cohort: item.cohort,
      from: item.startsAt,
      to: item.endsAt,
      ownDate: session === null ? null : ownDate(item, session),
    }))
    .sort((a, b) => a.from - b.from);
}
