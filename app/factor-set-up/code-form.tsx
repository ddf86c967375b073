'use client';

import { useActionState } from 'react';
import { CodeField } from '@/components/code-field';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { idle } from '@/lib/policy/form-state';
import type { SetUpAction } from './actions-of';

/** The code that proves a set-up. */
export function SetUpCodeForm({ action, hint }: { readonly action: SetUpAction; readonly hint?: string }) {
  const [state, submit] = useActionState(action, idle);
  return (
    <Form action={submit} state={state} label="Verification" quiet>
      <CodeField hint={hint} />
      <div>
        <SubmitButton>Verify code</SubmitButton>
      </div>
    </Form>
  );
}

type ButtonFormProps = {
  readonly action: SetUpAction;
  readonly label: string;
  /** Hidden fields. */
  readonly values?: Readonly<Record<string, string>>;
  readonly look?: 'primary' | 'secondary' | 'danger-outline';
  /** Tells forms with the same button apart. */
  readonly about?: string;
};

/** One button that is a form. */
export function ButtonForm({ action, label, values = {}, look = 'secondary', about }: ButtonFormProps) {
  const [state, submit] = useActionState(action, idle);
  return (
    <Form action={submit} state={state} label={about ? `${label}: ${about}` : label} className="gap-3!">
      {state.status !== 'confirm' &&
        Object.entries(values).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
      <div>
        <SubmitButton look={look} size="small">
          {label}
        </SubmitButton>
      </div>
    </Form>
  );
}
