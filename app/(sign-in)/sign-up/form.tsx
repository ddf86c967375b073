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
    return <MailSent email={state.data?.email ?? ''}>We sent a link to go on with to</MailSent>;
  return (
    <Form action={submit} state={state} quiet>
      <TextField name="email" label="Email" type="email" autoComplete="email" spellCheck={false} />
      <SubmitButton size="wide">Continue</SubmitButton>
    </Form>
  );
}
