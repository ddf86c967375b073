import 'server-only';
import type { PolicyLayer } from '@/lib/policy/layer';
import type { Instant } from '@/lib/policy/time';
import type { LayerRows } from './layers';

/** The items of the platform programme that bind this account now. An item that cannot be decided throws, never yields. */
export function programmeLayers(
  rows: LayerRows,
  _account: { readonly createdAt: Instant },
  _now: Instant,
): readonly PolicyLayer[] {
  if (rows.programme.length > 0) throw new Error('the programme cannot be resolved');
  return [];
}
