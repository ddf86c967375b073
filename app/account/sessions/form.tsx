'use client';

import { useActionState } from 'react';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { idle } from '@/lib/policy/form-state';
import { endOne, endOthers } from './actions';

export function EndSessionForm({ id, label }: { readonly id: string; readonly label: string }) {
  const [state, submit] = useActionState(endOne, idle);
  return (
    <Form action={submit} state={state} label={label}>
      <input type="hidden" name="session" value={id} />
      <SubmitButton look="secondary" size="small">
        Sign out
      </SubmitButton>
    </Form>
  );
}

export function EndOthersForm() {
  const [state, submit] = useActionState(endOthers, idle);
  return (
    <Form action={submit} state={state} label="Other sessions">
      <SubmitButton look="secondary">Sign out all others</SubmitButton>
    </Form>
  );
}
