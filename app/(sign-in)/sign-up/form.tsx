'use client';

import { useActionState } from 'react';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { TextField } from '@/components/text-field';
import { idle } from '@/lib/policy/form-state';
import { MailSent } from '../mail-sent';
import { askForLink } from './actions';

export function SignUpForm() {
  const [state, submit] = useActionState(askForLink, idle);
  if (state.status === 'done')
    return <MailSent email={state.data?.email ?? ''}>Open the link we sent to</MailSent>;
  return (
    <Form action={submit} state={state} quiet>
      <TextField name="email" label="Email" type="email" autoComplete="email" spellCheck={false} />
      <SubmitButton size="wide">Continue</SubmitButton>
    </Form>
  );
}
