'use client';

import { useActionState } from 'react';
import { ContactCodeFields, ContactEmailFields } from '@/components/contact-email-fields';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { idle } from '@/lib/policy/form-state';
import { notNow, sendContactCode, verifyContactCode } from './actions';

export function ContactCodeForm({ reference }: { readonly reference: string }) {
  const [state, submit] = useActionState(verifyContactCode, idle);
  return (
    <Form action={submit} state={state} label="Code" quiet>
      <ContactCodeFields reference={reference} />
    </Form>
  );
}

type ContactEmailFormProps = { readonly email: string; readonly isSent: boolean };

export function ContactEmailForm({ email, isSent }: ContactEmailFormProps) {
  const [state, submit] = useActionState(sendContactCode, idle);
  return (
    <Form action={submit} state={state} label="Address">
      <ContactEmailFields email={email} isSent={isSent} />
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
