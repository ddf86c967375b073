'use client';

import type { ReactNode } from 'react';
import { useFieldState } from './form-context';
import { Checkbox, Switch } from './ui/choice';
import { ChoiceRow } from './ui/choice-row';
import { Field, fieldAttributes } from './ui/field';
import { RadioGroup, type RadioOption } from './ui/radio-group';
import { Select, type SelectOption } from './ui/select';

type SharedProps = {
  readonly name: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
};

type SelectFieldProps = SharedProps & {
  readonly options: readonly SelectOption[];
  readonly defaultValue?: string | undefined;
  readonly optional?: boolean | undefined;
  readonly className?: string | undefined;
};

/** One of several options, in the browser's own select. */
export function SelectField({
  name,
  label,
  hint,
  options,
  defaultValue,
  optional,
  className,
}: SelectFieldProps) {
  const { id, error, typed } = useFieldState(name);
  const value = typed ?? defaultValue;
  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional} className={className}>
      {/* A select keeps the default it was made with, so a new default needs a new select. */}
      <Select
        key={value}
        {...fieldAttributes({ id, hint, error })}
        name={name}
        options={options}
        defaultValue={value}
      />
    </Field>
  );
}

type TickFieldProps = SharedProps & {
  readonly defaultChecked?: boolean | undefined;
  readonly value?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly side?: 'start' | 'end' | undefined;
};

function useTick({ name, hint, defaultChecked = false, value = 'on', disabled }: TickFieldProps) {
  const { id, error, typed, refused } = useFieldState(name);
  // A box that was not ticked is not sent at all, so in a refused form absence means "off".
  const checked = refused && !disabled ? typed === value : defaultChecked;
  return {
    id,
    error,
    attributes: { ...fieldAttributes({ id, hint, error }), name, value, disabled, defaultChecked: checked },
    key: String(checked),
  };
}

export function CheckboxField(props: TickFieldProps) {
  const { id, error, attributes, key } = useTick(props);
  return (
    <ChoiceRow
      id={id}
      label={props.label}
      hint={props.hint}
      error={error}
      side={props.side}
      control={<Checkbox key={key} {...attributes} />}
    />
  );
}

export function SwitchField(props: TickFieldProps) {
  const { id, error, attributes, key } = useTick(props);
  return (
    <ChoiceRow
      id={id}
      label={props.label}
      hint={props.hint}
      error={error}
      side={props.side ?? 'end'}
      control={<Switch key={key} {...attributes} />}
    />
  );
}

type RadioFieldProps = SharedProps & {
  readonly options: readonly RadioOption[];
  readonly defaultValue?: string | undefined;
};

/** One of few options, all of them in sight. */
export function RadioField({ name, label, hint, options, defaultValue }: RadioFieldProps) {
  const { id, error, typed } = useFieldState(name);
  const value = typed ?? defaultValue;
  return (
    <RadioGroup
      key={value}
      id={id}
      name={name}
      legend={label}
      hint={hint}
      error={error}
      options={options}
      defaultValue={value}
    />
  );
}
