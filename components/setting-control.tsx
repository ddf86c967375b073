'use client';

import type { Setting, SettingValue } from '@/lib/policy/setting';
import { Switch } from './ui/choice';
import { Input } from './ui/input';
import { Select, type SelectOption } from './ui/select';

type ControlAttributes = {
  readonly id: string;
  readonly 'aria-invalid': boolean | undefined;
  readonly 'aria-describedby': string | undefined;
};

type SettingControlProps = {
  readonly name: string;
  readonly setting: Setting;
  readonly value: string;
  readonly disabled: boolean;
  readonly attributes: ControlAttributes;
  readonly onValue: (value: string) => void;
};

/** A value as its control sends it: a switch "on" or nothing, a number in digits, "off" as the empty string. */
export function controlValue(value: SettingValue): string {
  if (typeof value === 'boolean') return value ? 'on' : '';
  return typeof value === 'number' ? String(value) : '';
}

export function controlOptions(setting: Setting): readonly SelectOption[] {
  if (setting.kind === 'choice') {
    const word = setting.unit === 'passwords' ? 'Last ' : '';
    return [
      { value: '', label: 'Off' },
      ...setting.options.map((option) => ({
        value: String(option),
        label: `${word}${option} ${setting.unit}`,
      })),
    ];
  }
  if (setting.kind !== 'level') return [];
  return Object.entries(setting.options).map(([value, label]) => ({ value, label: `${label} or stronger` }));
}

/** The one control of a setting, whatever its kind; address lists are drawn by their own editor. */
export function SettingControl({ name, setting, value, disabled, attributes, onValue }: SettingControlProps) {
  const shared = { ...attributes, name, disabled };
  switch (setting.kind) {
    case 'toggle':
      return (
        <Switch
          {...shared}
          defaultChecked={value === 'on'}
          onChange={(event) => onValue(event.target.checked ? 'on' : '')}
        />
      );
    case 'integer':
    case 'limit':
      return (
        <span className="flex items-center gap-2">
          <span className="w-24">
            <Input
              {...shared}
              inputMode="numeric"
              autoComplete="off"
              defaultValue={value}
              placeholder={setting.kind === 'limit' ? 'Off' : undefined}
              onChange={(event) => onValue(event.target.value.trim())}
              className="text-right tabular-nums"
            />
          </span>
          <span className="min-w-20 text-muted">{setting.unit}</span>
        </span>
      );
    case 'choice':
    case 'level':
      return (
        <Select
          {...shared}
          options={controlOptions(setting)}
          defaultValue={value}
          onChange={(event) => onValue(event.target.value)}
          className="w-56 max-w-full"
        />
      );
    case 'fixed':
      return (
        <span className="font-medium tabular-nums">
          {setting.default} {setting.unit}
        </span>
      );
    case 'addresses':
      return null;
  }
}
