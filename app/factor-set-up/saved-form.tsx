'use client';

import { useActionState } from 'react';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { idle } from '@/lib/policy/form-state';
import type { SetUpAction } from './actions-of';

/** The person says that the codes are kept somewhere. */
export function SavedForm({ action }: { readonly action: SetUpAction }) {
  const [state, submit] = useActionState(action, idle);
  return (
    <Form action={submit} state={state} label="Saved" quiet>
      <div>
        <SubmitButton>I have saved these codes</SubmitButton>
      </div>
    </Form>
  );
}
