import { stricterValue } from './effective';
import { changedSettings, isAllowList, type Policy, settingOf } from './policy';
import type { AllowList, SettingGroup } from './setting';
import { valueText } from './setting-text';
import type { SettingName } from './settings';

/** One line of "before → after". */
export type Difference = {
  readonly name: SettingName;
  readonly group: SettingGroup;
  readonly label: string;
  readonly before: string;
  readonly after: string;
  /** `mixed`: an address list that both lost and gained networks. */
  readonly direction: 'tighter' | 'looser' | 'mixed';
  /** Networks that came and went, where the setting is a list. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
};

const networks = (list: AllowList): readonly string[] => list.entries.map((entry) => entry.cidr);

function listDirection(
  before: AllowList,
  after: AllowList,
  added: number,
  removed: number,
): Difference['direction'] {
  const enforced = [before.mode === 'enforce', after.mode === 'enforce'];
  if (enforced[0] !== enforced[1]) return enforced[1] ? 'tighter' : 'looser';
  if (added > 0 && removed > 0) return 'mixed';
  return removed > 0 ? 'tighter' : 'looser';
}

function differenceOf(name: SettingName, before: Policy, after: Policy): Difference {
  const setting = settingOf(name);
  const [was, is] = [before[name], after[name]];
  const line = {
    name,
    group: setting.group,
    label: setting.label,
    before: valueText(setting, was),
    after: valueText(setting, is),
  };
  if (isAllowList(was) && isAllowList(is)) {
    const added = networks(is).filter((cidr) => !networks(was).includes(cidr));
    const removed = networks(was).filter((cidr) => !networks(is).includes(cidr));
    return { ...line, added, removed, direction: listDirection(was, is, added.length, removed.length) };
  }
  const tighter = !isAllowList(was) && !isAllowList(is) && stricterValue(setting, was, is) === is;
  return { ...line, added: [], removed: [], direction: tighter ? 'tighter' : 'looser' };
}

/** The settings in which two policies differ, in words, in the order of the screens. */
export const policyDifference = (before: Policy, after: Policy): readonly Difference[] =>
  changedSettings(before, after).map((name) => differenceOf(name, before, after));

/** "Minimum password length: 8 characters → 12 characters". */
export function differenceText(difference: Difference): string {
  const { label, before, after, added, removed } = difference;
  if (before !== after) return `${label}: ${before} → ${after}`;
  const moved = [...removed.map((cidr) => `−${cidr}`), ...added.map((cidr) => `+${cidr}`)];
  return `${label}: ${moved.length === 0 ? 'labels or end dates changed' : moved.join(', ')}`;
}
