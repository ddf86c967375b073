'use client';

import { useActionState } from 'react';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { TextField } from '@/components/text-field';
import { idle } from '@/lib/policy/form-state';
import { MailSent } from '../mail-sent';
import { askForReset } from './actions';

export function ForgotPasswordForm() {
  const [state, submit] = useActionState(askForReset, idle);
  if (state.status === 'done')
    return (
      <MailSent email={state.data?.email ?? ''}>
        If there is an account, a link to set a new password is on its way to the contact email of
      </MailSent>
    );
  return (
    <Form action={submit} state={state} quiet>
      <TextField name="email" label="Email" type="email" autoComplete="username" spellCheck={false} />
      <SubmitButton size="wide">Send reset link</SubmitButton>
    </Form>
  );
}
