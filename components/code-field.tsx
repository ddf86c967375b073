'use client';

import type { ReactNode } from 'react';
import { useFieldState } from './form-context';
import { Field, fieldAttributes } from './ui/field';
import { Input } from './ui/input';

type CodeFieldProps = {
  readonly name?: string | undefined;
  readonly label?: ReactNode;
  readonly hint?: ReactNode;
  /** `backup` codes hold letters: no numeric keypad, no autofill of a sent code. */
  readonly kind?: 'digits' | 'backup' | undefined;
};

/** One plain input for a code: whatever way a code is pasted or filled in, it arrives whole. */
export function CodeField({
  name = 'code',
  label = 'Verification code',
  hint,
  kind = 'digits',
}: CodeFieldProps) {
  const { id, error } = useFieldState(name);
  const digits = kind === 'digits';
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <Input
        {...fieldAttributes({ id, hint, error })}
        name={name}
        required
        inputMode={digits ? 'numeric' : 'text'}
        autoComplete={digits ? 'one-time-code' : 'off'}
        autoCapitalize="characters"
        autoCorrect="off"
        spellCheck={false}
        className="font-mono text-lg! tabular-nums tracking-wider"
      />
    </Field>
  );
}
