import 'server-only';
import type { z } from 'zod';
import { deleteZoneEntry, listZone, putZoneEntry, type ZoneEntry } from '@/lib/io/dns-zone';
import { requireDesk } from './access';
import type { recordName, zoneForm } from './zone-input';

export async function readZone(): Promise<readonly ZoneEntry[]> {
  await requireDesk();
  return listZone();
}

/** One value a line. */
export async function saveRecord({ name, answer, values }: z.output<typeof zoneForm>): Promise<void> {
  await requireDesk();
  await putZoneEntry(answer === 'values' ? { name, values } : { name, fail: answer });
}

export async function removeRecord({ name }: z.output<typeof recordName>): Promise<void> {
  await requireDesk();
  await deleteZoneEntry(name);
}
