'use client';

import { useActionState } from 'react';
import { Form } from '@/components/form';
import { NewPasswordField } from '@/components/new-password-field';
import { SubmitButton } from '@/components/submit-button';
import { TextField } from '@/components/text-field';
import { UsernameField } from '@/components/username-field';
import { idle } from '@/lib/policy/form-state';
import type { RuleTuple } from '@/lib/policy/password';
import { acceptAsMyself, acceptWithNewAccount } from './actions';

export function AcceptForm({ token }: { readonly token: string }) {
  const [state, submit] = useActionState(acceptAsMyself, idle);
  return (
    <Form action={submit} state={state} quiet>
      <input type="hidden" name="token" value={token} />
      <SubmitButton size="wide">Accept invitation</SubmitButton>
    </Form>
  );
}

type InvitedFormProps = {
  readonly token: string;
  readonly email: string;
  readonly organization: string;
  readonly rules: RuleTuple;
};

export function InvitedForm({ token, email, organization, rules }: InvitedFormProps) {
  const [state, submit] = useActionState(acceptWithNewAccount, idle);
  return (
    <Form action={submit} state={state} quiet>
      <input type="hidden" name="token" value={token} />
      <UsernameField email={email} />
      <TextField name="name" label="Name" autoComplete="name" />
      <NewPasswordField
        name="password"
        label="Password"
        rules={rules}
        names={{ person: null, login: email, organizations: [organization] }}
      />
      <SubmitButton size="wide">Accept invitation</SubmitButton>
    </Form>
  );
}
