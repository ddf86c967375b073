import 'server-only';
import { stableFraction } from '@/lib/io/fraction';
import type { PolicyLayer } from '@/lib/policy/layer';
import { programmeValuesSchema } from '@/lib/policy/policy-schema';
import {
  type Cohort,
  programmeLayers as layersInForce,
  type ProgrammeItem,
  type ProgrammeMembership,
} from '@/lib/policy/programme';
import type { Instant } from '@/lib/policy/time';
import type { LayerRows, MembershipRow, ProgrammeItemRow } from './layers';

const cohortOf = (row: ProgrammeItemRow): Cohort =>
  row.cohort === 'named' ? { kind: 'named', organizationIds: row.organizationIds } : { kind: row.cohort };

/** An item as the core knows it; values that do not parse throw and so fail closed. */
export const programmeItem = (row: ProgrammeItemRow): ProgrammeItem => ({
  id: row.id,
  control: row.control,
  values: programmeValuesSchema.parse(row.values),
  cohort: cohortOf(row),
  from: row.startsAt,
  to: row.endsAt,
  spread: row.spread,
  publishedAt: row.publishedAt,
  author: row.author,
  pauses: row.pauses,
});

/** A membership as the programme asks about it. */
export const programmeMembership = (row: MembershipRow): ProgrammeMembership => ({
  organizationId: row.organizationId,
  role: row.role,
  joinedAt: row.joinedAt,
  smsEnabledAt: row.smsEnabledAt,
  fraction: (itemId) => stableFraction(`${row.organizationId}:${itemId}`),
  extendedUntil: (itemId) => row.extensions.find((extension) => extension.itemId === itemId)?.until ?? null,
});

/** The items of the platform programme that bind this account now. */
export function programmeLayers(
  rows: LayerRows,
  account: { readonly createdAt: Instant },
  now: Instant,
): readonly PolicyLayer[] {
  if (rows.programme.length === 0) return [];
  const memberships = rows.memberships
    .filter((membership) => membership.suspendedAt === null)
    .map(programmeMembership);
  return layersInForce(rows.programme.map(programmeItem), { createdAt: account.createdAt, memberships }, now);
}
