'use client';

import { useActionState } from 'react';
import { ContactCodeFields, ContactEmailFields } from '@/components/contact-email-fields';
import { Form } from '@/components/form';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import type { FormState } from '@/lib/policy/form-state';
import { idle } from '@/lib/policy/form-state';
import { sendContactCode, verifyContactCode } from './actions';

type Sent = { readonly reference: string } | null;
type ContactEmailFormsProps = {
  /** The address in force. */
  readonly current: string | null;
  readonly isProven: boolean;
  readonly suggested: string;
  readonly sent: Sent;
};
type Sending = { readonly state: FormState; readonly submit: (data: FormData) => void };

function CodeCard({ sent, destination }: { readonly sent: Sent; readonly destination: string | undefined }) {
  const [state, submit] = useActionState(verifyContactCode, idle);
  if (sent === null)
    return state.status === 'done' ? (
      <Callout tone="ok" role="status">
        {state.message}
      </Callout>
    ) : null;
  return (
    <Card
      title="Enter the code we sent"
      description={
        destination ? `It is on its way to ${destination}.` : 'It is on its way to the new address.'
      }
    >
      <Form action={submit} state={state} label="Code" quiet>
        <ContactCodeFields reference={sent.reference} />
      </Form>
    </Card>
  );
}

type AddressCardProps = Omit<ContactEmailFormsProps, 'sent'> & Sending & { readonly isSent: boolean };

function AddressCard({ current, isProven, suggested, state, submit, isSent }: AddressCardProps) {
  return (
    <Card
      title={isProven ? 'Use another address' : 'Your contact email'}
      description={
        isProven
          ? `Until the new address is verified everything still goes to ${current}. We tell the old address too, with a link to stop the change.`
          : 'We mail a code there to see that it is yours.'
      }
    >
      <Form action={submit} state={state} label="Address" quiet>
        <ContactEmailFields email={suggested} isSent={isSent} />
      </Form>
    </Card>
  );
}

/** First the address, then its code; both stay on one page, so that a typing error is mended at once. */
export function ContactEmailForms(props: ContactEmailFormsProps) {
  const [state, submit] = useActionState(sendContactCode, idle);
  const destination = state.status === 'done' ? state.data?.email : undefined;
  const { sent, suggested } = props;
  return (
    <>
      <CodeCard sent={sent} destination={destination} />
      <AddressCard
        {...props}
        suggested={(sent && destination) ?? suggested}
        isSent={sent !== null}
        state={state}
        submit={submit}
      />
    </>
  );
}
