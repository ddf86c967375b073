'use client';

import { CheckCheck } from 'lucide-react';
import { useActionState } from 'react';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { idle } from '@/lib/policy/form-state';
import { readAll, readOne } from './actions';

export function ReadOneForm({ id, label }: { readonly id: string; readonly label: string }) {
  const [state, submit] = useActionState(readOne, idle);
  return (
    <Form action={submit} state={state} label={label} quiet>
      <input type="hidden" name="notice" value={id} />
      <SubmitButton look="secondary" size="small">
        Mark as read
      </SubmitButton>
    </Form>
  );
}

export function ReadAllForm() {
  const [state, submit] = useActionState(readAll, idle);
  return (
    <Form action={submit} state={state} label="All notices" quiet>
      <SubmitButton look="secondary" icon={<CheckCheck aria-hidden />}>
        Mark all as read
      </SubmitButton>
    </Form>
  );
}
