'use client';

import type { HTMLInputAutoCompleteAttribute, ReactNode } from 'react';
import { useFieldState } from './form-context';
import { Field, fieldAttributes } from './ui/field';
import { Input, Textarea } from './ui/input';

type SharedProps = {
  readonly name: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly optional?: boolean | undefined;
  readonly defaultValue?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly readOnly?: boolean | undefined;
  readonly className?: string | undefined;
};

export type TextFieldProps = SharedProps & {
  readonly type?:
    | 'text'
    | 'email'
    | 'tel'
    | 'url'
    | 'search'
    | 'number'
    | 'date'
    | 'datetime-local'
    | undefined;
  readonly autoComplete?: HTMLInputAutoCompleteAttribute | undefined;
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel' | 'url' | undefined;
  readonly spellCheck?: boolean | undefined;
  readonly mono?: boolean | undefined;
};

/** One line of text; keeps what was typed when the form comes back. */
export function TextField(props: TextFieldProps) {
  const { name, label, hint, optional, defaultValue, className, mono, type = 'text', ...rest } = props;
  const { id, error, typed } = useFieldState(name);
  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional} className={className}>
      <Input
        {...rest}
        {...fieldAttributes({ id, hint, error })}
        name={name}
        type={type}
        required={!optional}
        autoCapitalize={type === 'email' ? 'none' : undefined}
        defaultValue={typed ?? defaultValue}
        className={mono ? 'font-mono' : undefined}
      />
    </Field>
  );
}

type TextareaFieldProps = SharedProps & {
  readonly rows?: number | undefined;
  readonly mono?: boolean | undefined;
};

/** Several lines of text. */
export function TextareaField(props: TextareaFieldProps) {
  const { name, label, hint, optional, defaultValue, className, mono, ...rest } = props;
  const { id, error, typed } = useFieldState(name);
  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional} className={className}>
      <Textarea
        {...rest}
        {...fieldAttributes({ id, hint, error })}
        name={name}
        required={!optional}
        defaultValue={typed ?? defaultValue}
        className={mono ? 'font-mono' : undefined}
      />
    </Field>
  );
}
