'use client';

import { RotateCcw, TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { settingOf } from '@/lib/policy/policy';
import type { Setting, SettingValue } from '@/lib/policy/setting';
import { type Conflict, conflictsOf, rangeText, valueOfText, valueText } from '@/lib/policy/setting-text';
import type { SettingName } from '@/lib/policy/settings';
import { useFieldState } from './form-context';
import { controlValue, SettingControl } from './setting-control';
import { Badge } from './ui/badge';
import { classNames } from './ui/class-names';
import { FieldError, fieldAttributes } from './ui/field';

type SettingFieldProps = {
  readonly name: SettingName;
  /** What is saved; the dot marks whatever differs from it. */
  readonly saved: SettingValue;
  /** What the draft holds, where there is one. */
  readonly draft?: SettingValue | undefined;
  /** Whether every sign-in needs a second factor: some clauses ask less then. */
  readonly secondFactor: boolean;
  /** "12 characters: platform programme, since 18 March" */
  readonly source?: ReactNode;
  /** Why it cannot be changed here, as "Only an owner can change this." */
  readonly locked?: ReactNode;
  readonly onValue?: ((name: SettingName, value: SettingValue | undefined) => void) | undefined;
  /** The editor of an address list. */
  readonly children?: ReactNode;
};

/** One setting: its label, what it does, its control, its range and default, and whom it contradicts. */
export function SettingField(props: SettingFieldProps) {
  const { name, saved, draft, locked } = props;
  const { typed, refused } = useFieldState(name);
  const setting = settingOf(name);
  const kept = controlValue(draft === undefined ? saved : draft);
  // A switch that is off is not sent at all; any other control that did not come back was not part of the form.
  const returned = typed ?? (setting.kind === 'toggle' ? '' : kept);
  const start = refused && !locked ? returned : kept;
  // A new starting value, as after saving or discarding, starts the row anew.
  return <SettingRow key={start} {...props} setting={setting} start={start} />;
}

type SettingRowProps = SettingFieldProps & { readonly setting: Setting; readonly start: string };

function SettingRow(props: SettingRowProps) {
  const { name, saved, setting, start, secondFactor, source, locked, onValue, children } = props;
  const { id, error } = useFieldState(name);
  const [text, setText] = useState(start);
  const [resets, setResets] = useState(0);
  const value = valueOfText(setting, text);
  const plain = setting.kind !== 'addresses' && setting.kind !== 'fixed';
  const changed = plain && text !== controlValue(saved);
  const resettable = plain && !locked && text !== controlValue(setting.default);
  const take = (next: string) => {
    setText(next);
    onValue?.(name, valueOfText(setting, next));
  };
  const reset = () => {
    take(controlValue(setting.default));
    setResets(resets + 1);
  };
  return (
    <div className="relative flex flex-col gap-2 py-4">
      <div
        className={classNames(
          'flex items-start justify-between gap-x-6 gap-y-3',
          setting.kind !== 'toggle' && 'max-sm:flex-col',
        )}
      >
        <div className="flex min-w-0 max-w-md grow flex-col gap-1">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <SettingLabel id={id} setting={setting} />
            {changed && <ChangedDot was={valueText(setting, saved)} />}
            {setting.beyondSeed && <Badge>Addition</Badge>}
          </div>
          <div id={`${id}-hint`} className="text-muted text-xs">
            <p>{setting.help}</p>
            <p className="mt-1 tabular-nums">
              {[rangeText(setting), defaultText(setting)].filter(Boolean).join(' · ')}
            </p>
          </div>
        </div>
        <SettingControl
          key={resets}
          name={name}
          setting={setting}
          value={resets > 0 ? text : start}
          disabled={Boolean(locked)}
          attributes={fieldAttributes({ id, hint: true, error })}
          onValue={take}
        />
      </div>
      {children}
      {error && <FieldError id={id}>{error}</FieldError>}
      {locked && <p className="text-muted text-xs">{locked}</p>}
      <div className="flex flex-wrap items-start gap-x-4 gap-y-1 text-muted text-xs empty:hidden">
        {source}
        {resettable && (
          <button
            type="button"
            onClick={reset}
            className="link needs-script inline-flex min-h-6 touch:min-h-11 items-center gap-1.5"
          >
            <RotateCcw aria-hidden className="size-3.5" />
            Reset
            <span className="sr-only"> to default: {setting.label}</span>
          </button>
        )}
        {value !== undefined && <Conflicts conflicts={conflictsOf(setting, value, secondFactor)} />}
      </div>
    </div>
  );
}

function defaultText(setting: Setting): string {
  return setting.kind === 'fixed' ? '' : `Default ${valueText(setting, setting.default)}`;
}

function SettingLabel({ id, setting }: { readonly id: string; readonly setting: Setting }) {
  const bare = setting.kind === 'fixed' || setting.kind === 'addresses';
  if (bare) return <h3 className="font-medium">{setting.label}</h3>;
  return (
    <label htmlFor={id} className="font-medium">
      {setting.label}
    </label>
  );
}

function ChangedDot({ was }: { readonly was: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 text-xs">
      <span aria-hidden className="size-2 rounded-full bg-accent" />
      Changed, was {was}
    </span>
  );
}

function Conflicts({ conflicts }: { readonly conflicts: readonly Conflict[] }) {
  if (conflicts.length === 0) return null;
  return (
    <details className="group open:basis-full">
      <summary className="inline-flex min-h-6 touch:min-h-11 items-center gap-1.5 rounded-sm text-muted">
        <TriangleAlert aria-hidden className="size-3.5 shrink-0 text-warn" />
        <span className="link">Conflicts with {conflicts.map((conflict) => conflict.name).join('; ')}</span>
      </summary>
      <ul className="mt-1 flex flex-col gap-1 pl-5 text-muted">
        {conflicts.map((conflict) => (
          <li key={conflict.name}>
            {conflict.name}: {conflict.asks}
          </li>
        ))}
      </ul>
    </details>
  );
}
