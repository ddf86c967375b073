import { type Clause, type Setting, type SettingValue, type Standard, standards } from './setting';

export type Conflict = { readonly name: string; readonly asks: string };

/** What one clause asks of a setting, and whether a value meets it. */
export type Measured = {
  readonly standard: Standard;
  readonly clause: string;
  readonly asks: string;
  readonly met: boolean;
};

/** Every clause about a setting, measured against a value. */
export function measure(setting: Setting, value: SettingValue, secondFactor: boolean): readonly Measured[] {
  // Each clause belongs to its own setting's type of value, and so does the value handed in.
  const clauses = (setting.clauses ?? []) as readonly Clause<SettingValue>[];
  return clauses.map(({ standard, clause, asks, met }) => ({
    standard,
    clause,
    asks,
    met: met(value, secondFactor),
  }));
}

/** The clauses that a value does not meet, as "NIST SP 800-63B-4, 3.1.1.2". */
export const conflictsOf = (
  setting: Setting,
  value: SettingValue,
  secondFactor: boolean,
): readonly Conflict[] =>
  measure(setting, value, secondFactor)
    .filter((clause) => !clause.met)
    .map((clause) => ({ name: `${standards[clause.standard]}, ${clause.clause}`, asks: clause.asks }));

const modes = { off: 'off', monitor: 'monitoring only', enforce: 'on' } as const;

/** "6 to 64 characters", "1 to 8760 hours, or empty for off"; nothing where the control shows it all. */
export function rangeText(setting: Setting): string {
  if (setting.kind === 'integer') return `${setting.min} to ${setting.max} ${setting.unit}`;
  if (setting.kind === 'limit') return `${setting.min} to ${setting.max} ${setting.unit}, empty for off`;
  if (setting.kind === 'addresses') return `Up to ${setting.maxEntries} networks`;
  return setting.kind === 'fixed' ? 'Fixed' : '';
}

const counted = (count: number, unit: string): string =>
  `${count} ${count === 1 ? unit.replace(/s$/, '') : unit}`;

/** A value in words: "on", "off", "24 hours", "Authentication app", "on, 3 networks". */
export function valueText(setting: Setting, value: SettingValue): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (value === null) return 'off';
  if (typeof value === 'object') {
    return value.mode === 'off'
      ? 'off'
      : `${modes[value.mode]}, ${counted(value.entries.length, 'networks')}`;
  }
  if (setting.kind === 'level') return setting.options[value] ?? String(value);
  return 'unit' in setting ? counted(value, setting.unit) : String(value);
}

/** What a control holds, read back; undefined while it is no value yet. */
export function valueOfText(setting: Setting, text: string): SettingValue | undefined {
  if (setting.kind === 'toggle') return text === 'on';
  if (setting.kind === 'addresses') return undefined;
  if (text === '') return setting.kind === 'limit' || setting.kind === 'choice' ? null : undefined;
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
