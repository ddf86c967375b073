import type { Tone } from '@/components/ui/state';
import type { VersionRecord } from '@/lib/organization/policies/records';
import type { PolicyScreen } from '@/lib/organization/policies/screen';
import { fateOf } from '@/lib/policy/version';

type VersionState = { readonly label: string; readonly tone: Tone };

/** Where a version stands in its life; null for one that simply came before. */
export function stateOf(version: VersionRecord, screen: PolicyScreen): VersionState | null {
  const { now, current, isActive } = screen;
  const fate = fateOf(version, now);
  if (fate === 'withdrawn') return { label: 'Withdrawn', tone: 'neutral' };
  if (fate === 'reverted') return { label: 'Reverted', tone: 'warn' };
  if (fate === 'scheduled') return { label: 'Scheduled', tone: 'warn' };
  if (version.id !== current.id) return null;
  if (!isActive) return { label: 'Saved, not in force', tone: 'neutral' };
  return fate === 'awaits_confirmation'
    ? { label: 'In force, to be kept', tone: 'warn' }
    : { label: 'In force', tone: 'ok' };
}
