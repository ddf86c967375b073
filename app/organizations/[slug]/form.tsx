'use client';

import { useActionState } from 'react';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { idle } from '@/lib/policy/form-state';
import { leave } from './actions';

export function LeaveForm({ slug }: { readonly slug: string }) {
  const [state, submit] = useActionState(leave, idle);
  return (
    <Form action={submit} state={state}>
      <input type="hidden" name="organization" value={slug} />
      <div>
        <SubmitButton look="danger">Leave</SubmitButton>
      </div>
    </Form>
  );
}
