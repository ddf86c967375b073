'use client';

import { useActionState } from 'react';
import { CodeField } from '@/components/code-field';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { TextField } from '@/components/text-field';
import { idle } from '@/lib/policy/form-state';
import { notNow, sendContactCode, verifyContactCode } from './actions';

export function ContactCodeForm({ reference }: { readonly reference: string }) {
  const [state, submit] = useActionState(verifyContactCode, idle);
  return (
    <Form action={submit} state={state} label="Code" quiet>
      <CodeField hint={`The code with the letters ${reference}.`} />
      <div>
        <SubmitButton>Verify code</SubmitButton>
      </div>
    </Form>
  );
}

type ContactEmailFormProps = { readonly email: string; readonly isSent: boolean };

export function ContactEmailForm({ email, isSent }: ContactEmailFormProps) {
  const [state, submit] = useActionState(sendContactCode, idle);
  return (
    <Form action={submit} state={state} label="Address">
      <TextField
        name="email"
        label="Contact email"
        type="email"
        autoComplete="email"
        spellCheck={false}
        defaultValue={email}
        hint="Everything about the security of your sign-in goes there. It may be the address you sign in with."
      />
      <div>
        <SubmitButton look={isSent ? 'secondary' : 'primary'}>
          {isSent ? 'Send a new code' : 'Send code'}
        </SubmitButton>
      </div>
    </Form>
  );
}

export function NotNowForm() {
  const [state, submit] = useActionState(notNow, idle);
  return (
    <Form action={submit} state={state} label="Later" className="gap-3!" quiet>
      <div>
        <SubmitButton look="quiet">Not now</SubmitButton>
      </div>
    </Form>
  );
}
