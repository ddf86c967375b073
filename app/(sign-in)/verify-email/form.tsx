'use client';

import { useActionState } from 'react';
import { Form } from '@/components/form';
import { NewAccountFields } from '@/components/new-account-fields';
import { SubmitButton } from '@/components/submit-button';
import { TextField } from '@/components/text-field';
import { idle } from '@/lib/policy/form-state';
import type { RuleTuple } from '@/lib/policy/password';
import { createAccount } from './actions';

type RegistrationFormProps = { readonly token: string; readonly email: string; readonly rules: RuleTuple };

export function RegistrationForm({ token, email, rules }: RegistrationFormProps) {
  const [state, submit] = useActionState(createAccount, idle);
  return (
    <Form action={submit} state={state} quiet>
      <NewAccountFields token={token} email={email} organizations={[]} rules={rules} />
      <TextField name="organization" label="Organization name" autoComplete="organization" />
      <SubmitButton size="wide">Create account</SubmitButton>
    </Form>
  );
}
