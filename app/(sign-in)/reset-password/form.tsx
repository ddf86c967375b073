'use client';

import { useActionState } from 'react';
import { Form } from '@/components/form';
import { NewPasswordField } from '@/components/new-password-field';
import { SubmitButton } from '@/components/submit-button';
import { UsernameField } from '@/components/username-field';
import { idle } from '@/lib/policy/form-state';
import type { PasswordNames, RuleTuple } from '@/lib/policy/password';
import { setPassword } from './actions';

type ResetFormProps = {
  readonly token: string;
  readonly email: string;
  readonly rules: RuleTuple;
  readonly names: PasswordNames;
  readonly reuse: number | null;
};

export function ResetPasswordForm({ token, email, rules, names, reuse }: ResetFormProps) {
  const [state, submit] = useActionState(setPassword, idle);
  return (
    <Form action={submit} state={state} quiet>
      <input type="hidden" name="token" value={token} />
      <UsernameField email={email} />
      <NewPasswordField rules={rules} names={names} reuse={reuse} />
      <SubmitButton size="wide">Set password</SubmitButton>
    </Form>
  );
}
