'use client';

import { useEffect, useRef } from 'react';
import type { FormState } from '@/lib/policy/form-state';
import { CodeField } from './code-field';
import { fieldId } from './form-context';
import { PasskeyProof } from './passkey-proof';
import { PasswordField } from './password-field';
import { SubmitButton } from './submit-button';
import { Callout } from './ui/callout';
import { Field } from './ui/field';
import { Select } from './ui/select';

type ConfirmState = Extract<FormState, { readonly status: 'confirm' }>;

const isMailed = (methods: ConfirmState['methods']) =>
  methods.some(({ value }) => value === 'email' || value === 'sms');

type ConfirmIdentityProps = {
  readonly state: ConfirmState;
  /** A heading above says it already. */
  readonly headed: boolean;
};

/** "Confirm it is you" in the place of a form's fields, which it carries along. */
export function ConfirmIdentity({ state, headed }: ConfirmIdentityProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="flex flex-col gap-5">
      {state.carried.map(([name, value]) => (
        <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
      ))}
      <div className="flex flex-col gap-1">
        {!headed && (
          <h2 ref={heading} tabIndex={-1} className="font-semibold text-base outline-none">
            Confirm it is you
          </h2>
        )}
        <p className="text-muted text-sm">
          What you are about to do needs a fresh proof. It holds for ten minutes.
        </p>
      </div>
      <input
        type="text"
        name="confirm_username"
        value={state.username}
        autoComplete="username"
        readOnly
        hidden
      />
      {state.passkey !== null && <PasskeyProof options={state.passkey} />}
      <PasswordField name="confirm_password" autoComplete="current-password" />
      {state.methods.length > 0 && <SecondFactor state={state} />}
      <div>
        <SubmitButton>Confirm</SubmitButton>
      </div>
    </div>
  );
}

function SecondFactor({ state }: { readonly state: ConfirmState }) {
  const id = fieldId('confirm', 'method');
  return (
    <>
      {state.methods.length > 1 ? (
        <Field id={id} label="Second factor">
          <Select id={id} name="confirm_method" defaultValue={state.method} options={state.methods} />
        </Field>
      ) : (
        <input type="hidden" name="confirm_method" value={state.method} />
      )}
      {state.sent && (
        <Callout tone="ok" role="status">
          A code was sent. Its letters are <strong className="font-mono">{state.sent.reference}</strong>.
        </Callout>
      )}
      <CodeField name="confirm_code" />
      {isMailed(state.methods) && (
        <div>
          <SubmitButton look="secondary" size="small" name="confirm_send" value="1">
            Send a code
          </SubmitButton>
        </div>
      )}
    </>
  );
}
