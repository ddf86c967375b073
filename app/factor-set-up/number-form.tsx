'use client';

import { useActionState } from 'react';
import { SelectField } from '@/components/choice-field';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { TextField } from '@/components/text-field';
import { idle } from '@/lib/policy/form-state';
import type { SetUpAction } from './actions-of';

type NumberFormProps = {
  readonly action: SetUpAction;
  readonly countries: readonly {
    readonly code: string;
    readonly name: string;
    readonly callingCode: string;
  }[];
};

/** A mobile number with its country. */
export function NumberForm({ action, countries }: NumberFormProps) {
  const [state, submit] = useActionState(action, idle);
  const options = countries.map(({ code, name, callingCode }) => ({
    value: code,
    label: `${name} (+${callingCode})`,
  }));
  const first = options.find(({ value }) => value === 'US') ?? options[0];
  return (
    <Form action={submit} state={state} label="Phone" quiet>
      <SelectField name="country" label="Country" options={options} defaultValue={first?.value} />
      <TextField
        name="number"
        label="Mobile number"
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        hint="With or without the country's prefix. We text you a code; message rates may apply."
      />
      <div>
        <SubmitButton>Send code</SubmitButton>
      </div>
    </Form>
  );
}
