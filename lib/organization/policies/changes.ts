import 'server-only';
import { changedSettings, isAllowList, type Policy, settingOf } from '@/lib/policy/policy';
import type { Setting, SettingValue } from '@/lib/policy/setting';

function spell(setting: Setting, value: SettingValue): string {
  if (value === null) return 'off';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (isAllowList(value))
    return value.mode === 'off' ? 'off' : `${value.mode}, ${value.entries.length} networks`;
  if (setting.kind === 'level') return setting.options[value] ?? String(value);
  return 'unit' in setting ? `${value} ${setting.unit}` : String(value);
}

/** "Minimum password length: 8 characters → 12 characters", one line for each setting that differs. */
export function changeLines(before: Policy, after: Policy): readonly string[] {
  return changedSettings(before, after).map((name) => {
    const setting = settingOf(name);
    const [was, is] = [spell(setting, before[name]), spell(setting, after[name])];
    return was === is ? `${setting.label}: entries changed` : `${setting.label}: ${was} → ${is}`;
  });
}

/** The changed settings alone, as the audit keeps them before and after. */
export function changedValues(before: Policy, after: Policy) {
  const names = changedSettings(before, after);
  const pick = (policy: Policy) => Object.fromEntries(names.map((name) => [name, policy[name]]));
  return { before: pick(before), after: pick(after) };
}
