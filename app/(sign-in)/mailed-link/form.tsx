'use client';

import { useActionState } from 'react';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { idle } from '@/lib/policy/form-state';
import { freezeContact, hold, unlock } from './actions';

const actions = { unlock, hold, freeze: freezeContact } as const;

type MailedLinkFormProps = {
  readonly act: keyof typeof actions;
  readonly token: string;
  readonly label: string;
};

/** Opening a link changes nothing, since mail programs open links too; the button does. */
export function MailedLinkForm({ act, token, label }: MailedLinkFormProps) {
  const [state, submit] = useActionState(actions[act], idle);
  return (
    <Form action={submit} state={state}>
      <input type="hidden" name="token" value={token} />
      {state.status !== 'done' && <SubmitButton size="wide">{label}</SubmitButton>}
    </Form>
  );
}
