import { type Clause, type Setting, type SettingValue, standards } from '@/lib/policy/setting';

export type Conflict = { readonly name: string; readonly asks: string };

/** The clauses that a value does not meet, as "NIST SP 800-63B-4, 3.1.1.2". */
export function conflictsOf(
  setting: Setting,
  value: SettingValue,
  secondFactor: boolean,
): readonly Conflict[] {
  // Each clause belongs to its own setting's type of value, and so does the value handed in.
  const clauses = (setting.clauses ?? []) as readonly Clause<SettingValue>[];
  return clauses
    .filter((clause) => !clause.met(value, secondFactor))
    .map((clause) => ({ name: `${standards[clause.standard]}, ${clause.clause}`, asks: clause.asks }));
}

/** "6 to 64 characters", "1 to 8760 hours, or empty for off"; nothing where the control shows it all. */
export function rangeText(setting: Setting): string {
  if (setting.kind === 'integer') return `${setting.min} to ${setting.max} ${setting.unit}`;
  if (setting.kind === 'limit') return `${setting.min} to ${setting.max} ${setting.unit}, empty for off`;
  if (setting.kind === 'addresses') return `Up to ${setting.maxEntries} networks`;
  return setting.kind === 'fixed' ? 'Fixed' : '';
}

/** A value in words: "on", "off", "24 hours", "Authentication app". */
export function valueText(setting: Setting, value: SettingValue): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (value === null) return 'off';
  if (typeof value === 'object') return value.mode === 'off' ? 'off' : `${value.entries.length} networks`;
  if (setting.kind === 'level') return setting.options[value] ?? String(value);
  return 'unit' in setting ? `${value} ${setting.unit}` : String(value);
}

/** What a control holds, read back; undefined while it is no value yet. */
export function valueOfText(setting: Setting, text: string): SettingValue | undefined {
  if (setting.kind === 'toggle') return text === 'on';
  if (setting.kind === 'addresses') return undefined;
  if (text === '') return setting.kind === 'limit' || setting.kind === 'choice' ? null : undefined;
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
