'use client';

import { Eye, EyeOff } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useFieldState } from './form-context';
import { Field, fieldAttributes } from './ui/field';
import { Input } from './ui/input';

export type PasswordFieldProps = {
  readonly name?: string | undefined;
  readonly label?: ReactNode;
  readonly hint?: ReactNode;
  readonly autoComplete: 'current-password' | 'new-password';
  readonly onCandidate?: ((candidate: string) => void) | undefined;
  /** At the right of the label, as "Forgot password?". */
  readonly aside?: ReactNode;
  /** Read aloud while typing. */
  readonly status?: string | undefined;
};

/** A password: never shown again after a failed submit, shown while typing if the person wants to see it. */
export function PasswordField(props: PasswordFieldProps) {
  const { name = 'password', label = 'Password', hint, autoComplete, onCandidate, aside, status } = props;
  const { id, error } = useFieldState(name);
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));
  return (
    <Field id={id} label={label} hint={hint} error={error} aside={aside}>
      <div className="relative">
        <Input
          {...fieldAttributes({ id, hint, error })}
          name={name}
          type={shown ? 'text' : 'password'}
          required
          autoComplete={autoComplete}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          onKeyDown={watchCapsLock}
          onKeyUp={watchCapsLock}
          onBlur={() => setCapsLock(false)}
          onChange={(event) => onCandidate?.(event.target.value)}
          className="pr-12"
        />
        <button
          type="button"
          aria-label={shown ? 'Hide password' : 'Show password'}
          aria-controls={id}
          onClick={() => setShown(!shown)}
          className="needs-script absolute inset-y-0 right-0 flex w-11 items-center justify-center rounded-md text-muted hover:text-ink"
        >
          {shown ? <EyeOff aria-hidden className="size-4.5" /> : <Eye aria-hidden className="size-4.5" />}
        </button>
      </div>
      <p role="status" className="text-warn text-xs empty:hidden">
        {capsLock && 'Caps Lock is on.'}
        {status && <span className="sr-only">{status}</span>}
      </p>
    </Field>
  );
}
