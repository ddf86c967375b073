'use client';

import { useActionState } from 'react';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { idle } from '@/lib/policy/form-state';
import { shutOut } from './actions';

export function NotMeForm() {
  const [state, submit] = useActionState(shutOut, idle);
  return (
    <Form action={submit} state={state} label="This wasn’t me">
      <SubmitButton look="danger">Sign out everywhere and reset</SubmitButton>
    </Form>
  );
}
