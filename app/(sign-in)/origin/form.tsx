'use client';

import { useActionState } from 'react';
import { CodeField } from '@/components/code-field';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { idle } from '@/lib/policy/form-state';
import { sendOrigin, verifyOrigin } from './actions';

type OriginFormProps = {
  readonly step: 'contact_email' | 'enroll_second_factor';
  /** The masked address that was proven before. */
  readonly to: string;
  /** The letters of the code under way, if there is one. */
  readonly reference: string | null;
};

/** Asks for a code mailed to an address proven before, in the place of a form that could bind somebody else's factor. */
export function OriginForm({ step, to, reference }: OriginFormProps) {
  const [sending, send] = useActionState(sendOrigin, idle);
  const [checking, check] = useActionState(verifyOrigin, idle);
  return (
    <div className="flex flex-col gap-5">
      <p>
        First confirm that it is you: we send a code to <span className="font-mono">{to}</span>, an address
        that is yours already.
      </p>
      {reference && (
        <Form action={check} state={checking} label="Code" quiet>
          <input type="hidden" name="step" value={step} />
          <CodeField hint={`The code with the letters ${reference}.`} />
          <div>
            <SubmitButton>Verify code</SubmitButton>
          </div>
        </Form>
      )}
      <Form action={send} state={sending} label="Send a code" className="gap-3!">
        <input type="hidden" name="step" value={step} />
        <div>
          <SubmitButton look={reference ? 'secondary' : 'primary'}>
            {reference ? 'Send a new code' : 'Send code'}
          </SubmitButton>
        </div>
      </Form>
    </div>
  );
}
