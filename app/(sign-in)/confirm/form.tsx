'use client';

import { useActionState } from 'react';
import { Form } from '@/components/form';
import type { FormState } from '@/lib/policy/form-state';
import { confirm } from './actions';

/** Begins where other forms get to by their gate: at the fields that ask who is there. */
export function ConfirmForm({ asked }: { readonly asked: FormState }) {
  const [state, submit] = useActionState(confirm, asked);
  return <Form action={submit} state={state} confirms />;
}
