'use client';

import { Fingerprint, Mail, MessageSquare, Smartphone } from 'lucide-react';
import { type ReactNode, useActionState } from 'react';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { Badge } from '@/components/ui/badge';
import { idle } from '@/lib/policy/form-state';
import type { FactorMethod } from '@/lib/policy/second-factor';
import type { SetUpAction } from './actions-of';

type Offer = {
  readonly method: FactorMethod;
  readonly label: string;
  readonly text: string;
  readonly icon: ReactNode;
  readonly strength: string;
};

const offers: readonly Offer[] = [
  {
    method: 'totp',
    label: 'Use an authentication app',
    text: 'Google Authenticator, Duo Mobile, Authy or any other app that shows six digits.',
    icon: <Smartphone aria-hidden />,
    strength: 'Strong',
  },
  {
    method: 'sms',
    label: 'SMS text message',
    text: 'A code is texted to your mobile phone at every sign-in.',
    icon: <MessageSquare aria-hidden />,
    strength: 'Weaker',
  },
  {
    method: 'passkey',
    label: 'Use a passkey',
    text: 'Your fingerprint, face or screen lock. It cannot be phished.',
    icon: <Fingerprint aria-hidden />,
    strength: 'Strongest',
  },
  {
    method: 'email',
    label: 'Use codes by email',
    text: 'A code is mailed to your contact email at every sign-in.',
    icon: <Mail aria-hidden />,
    strength: 'Weak',
  },
];

type ChoiceFormProps = {
  readonly action: SetUpAction;
  readonly methods: readonly FactorMethod[];
  /** Methods in place: choosing one replaces it, and the old one works until the new one is proven. */
  readonly bound: readonly FactorMethod[];
};

/** The methods to choose from, each a button of one form. */
export function ChoiceForm({ action, methods, bound }: ChoiceFormProps) {
  const [state, submit] = useActionState(action, idle);
  return (
    <Form action={submit} state={state} label="Methods" quiet>
      <ul className="divide-y divide-line rounded-md border border-line">
        {offers
          .filter(({ method }) => methods.includes(method))
          .map((offer) => (
            <li key={offer.method} className="flex flex-col gap-2 px-4 py-4">
              <div className="flex flex-wrap items-center justify-between gap-2">
                <SubmitButton look="secondary" name="method" value={offer.method} icon={offer.icon}>
                  {offer.label}
                </SubmitButton>
                <Badge tone={offer.strength.startsWith('Weak') ? 'warn' : 'ok'}>{offer.strength}</Badge>
              </div>
              <p className="text-muted text-sm">
                {offer.text}
                {bound.includes(offer.method) && offer.method !== 'passkey' && (
                  <> You have one; it works until the new one is proven.</>
                )}
              </p>
            </li>
          ))}
      </ul>
    </Form>
  );
}
