'use client';

import { useActionState } from 'react';
import { Form } from '@/components/form';
import { NewPasswordField } from '@/components/new-password-field';
import { PasswordField } from '@/components/password-field';
import { SubmitButton } from '@/components/submit-button';
import { UsernameField } from '@/components/username-field';
import { idle } from '@/lib/policy/form-state';
import type { PasswordNames, RuleTuple } from '@/lib/policy/password';
import { changeAsDuty, changeAtSignIn, changeByChoice } from './actions';

const actions = { sign_in: changeAtSignIn, duty: changeAsDuty, choice: changeByChoice } as const;

type ChangePasswordFormProps = {
  readonly occasion: keyof typeof actions;
  readonly email: string;
  readonly rules: RuleTuple;
  readonly names: PasswordNames;
  readonly reuse: number | null;
  readonly returnTo?: string | null;
};

/** One form for every occasion; only within a sign-in the current password was typed a moment ago. */
export function ChangePasswordForm(props: ChangePasswordFormProps) {
  const { occasion, email, rules, names, reuse, returnTo } = props;
  const [state, submit] = useActionState(actions[occasion], idle);
  return (
    <Form action={submit} state={state}>
      <UsernameField email={email} />
      {returnTo && <input type="hidden" name="return_to" value={returnTo} />}
      {occasion !== 'sign_in' && (
        <PasswordField name="currentPassword" label="Current password" autoComplete="current-password" />
      )}
      <NewPasswordField rules={rules} names={names} reuse={reuse} />
      <div>
        <SubmitButton>Change password</SubmitButton>
      </div>
    </Form>
  );
}
