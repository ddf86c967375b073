import 'server-only';
import { database } from '@/lib/io/db';
import type { DomainLayerRow } from '@/lib/session/layers';
import { layerRows } from './layer-rows';
import type { PolicyScreen } from './screen';

/** Which policy a question is asked of: the one in force, the saved one as if it were active, or the draft. */
export type WhichPolicy = 'in_force' | 'saved' | 'draft';

/** The domain layer of that policy; null leaves the one in force in its place. */
export async function layerFor(screen: PolicyScreen, which: WhichPolicy): Promise<DomainLayerRow | null> {
  const { policy, versions, draft, newest } = screen;
  if (which === 'in_force') return null;
  const rows = await layerRows(database(), { policy, versions });
  if (which === 'draft' && draft !== null) return rows.drafted(draft);
  return rows.activated(newest);
}
