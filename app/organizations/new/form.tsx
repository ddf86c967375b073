'use client';

import { useActionState } from 'react';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { TextField } from '@/components/text-field';
import { idle } from '@/lib/policy/form-state';
import { createOrganization } from './actions';

export function NewOrganizationForm() {
  const [state, submit] = useActionState(createOrganization, idle);
  return (
    <Form action={submit} state={state}>
      <TextField
        name="name"
        label="Name"
        autoComplete="organization"
        hint="As people know it, up to 60 characters. You can change it later."
      />
      <div>
        <SubmitButton>Create organization</SubmitButton>
      </div>
    </Form>
  );
}
