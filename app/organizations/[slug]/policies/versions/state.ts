import type { Tone } from '@/components/ui/state';
import type { VersionRecord } from '@/lib/organization/policies/records';
import type { PolicyScreen } from '@/lib/organization/policies/screen';

type VersionState = { readonly label: string; readonly tone: Tone };

/** Where a version stands in its life; null for one that simply came before. */
export function stateOf(version: VersionRecord, screen: PolicyScreen): VersionState | null {
  const { now, current, isActive } = screen;
  const isOpen = version.revertAt !== null && version.confirmedAt === null;
  if (isOpen && (version.revertAt ?? 0) <= now)
    return (version.revertAt ?? 0) < version.effectiveFrom
      ? { label: 'Withdrawn', tone: 'neutral' }
      : { label: 'Reverted', tone: 'warn' };
  if (version.effectiveFrom > now) return { label: 'Scheduled', tone: 'warn' };
  if (version.id !== current.id) return null;
  if (!isActive) return { label: 'Saved, not in force', tone: 'neutral' };
  return isOpen ? { label: 'In force, to be kept', tone: 'warn' } : { label: 'In force', tone: 'ok' };
}
