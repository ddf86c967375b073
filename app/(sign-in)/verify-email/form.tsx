'use client';

import { useActionState } from 'react';
import { Form } from '@/components/form';
import { NewPasswordField } from '@/components/new-password-field';
import { SubmitButton } from '@/components/submit-button';
import { TextField } from '@/components/text-field';
import { UsernameField } from '@/components/username-field';
import { idle } from '@/lib/policy/form-state';
import type { RuleTuple } from '@/lib/policy/password';
import { createAccount } from './actions';

type RegistrationFormProps = { readonly token: string; readonly email: string; readonly rules: RuleTuple };

export function RegistrationForm({ token, email, rules }: RegistrationFormProps) {
  const [state, submit] = useActionState(createAccount, idle);
  return (
    <Form action={submit} state={state} quiet>
      <input type="hidden" name="token" value={token} />
      <UsernameField email={email} />
      <TextField name="name" label="Name" autoComplete="name" />
      <NewPasswordField
        name="password"
        label="Password"
        rules={rules}
        names={{ person: null, login: email, organizations: [] }}
      />
      <TextField name="organization" label="Organization name" autoComplete="organization" />
      <SubmitButton size="wide">Create account</SubmitButton>
    </Form>
  );
}
