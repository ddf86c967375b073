'use client';

import { useActionState } from 'react';
import { Form } from '@/components/form';
import { NewAccountFields } from '@/components/new-account-fields';
import { SubmitButton } from '@/components/submit-button';
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
      <NewAccountFields token={token} email={email} organizations={[organization]} rules={rules} />
      <SubmitButton size="wide">Accept invitation</SubmitButton>
    </Form>
  );
}
