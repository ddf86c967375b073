'use client';

import { useActionState } from 'react';
import { PasskeyForm } from '@/app/passkey/passkey-form';
import { CodeField } from '@/components/code-field';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { idle } from '@/lib/policy/form-state';
import { beginPasskey, sendNewCode, verifyCode, verifyPasskey, verifyPin } from './actions';

export function CodeForm({ method }: { readonly method: 'email' | 'sms' | 'totp' | 'backup' }) {
  const [state, submit] = useActionState(verifyCode, idle);
  const isBackup = method === 'backup';
  return (
    <Form action={submit} state={state} quiet>
      <input type="hidden" name="method" value={method} />
      <CodeField
        kind={isBackup ? 'backup' : 'digits'}
        hint={isBackup ? 'One of your backup codes, such as 7K2MP-QX94D. It works once.' : undefined}
      />
      <div>
        <SubmitButton>Verify code</SubmitButton>
      </div>
    </Form>
  );
}

export function PinForm() {
  const [state, submit] = useActionState(verifyPin, idle);
  return (
    <Form action={submit} state={state} quiet>
      <CodeField kind="backup" hint="The PIN of eight letters and digits that your admin has for you." />
      <div>
        <SubmitButton>Verify code</SubmitButton>
      </div>
    </Form>
  );
}

export function SendAgainForm({ method }: { readonly method: 'email' | 'sms' }) {
  const [state, submit] = useActionState(sendNewCode, idle);
  return (
    <Form action={submit} state={state} label="Another code" className="gap-3!">
      <input type="hidden" name="method" value={method} />
      <div>
        <SubmitButton look="secondary" size="small">
          Send a new code
        </SubmitButton>
      </div>
    </Form>
  );
}

export function PasskeyStep() {
  return <PasskeyForm begin={beginPasskey} finish={verifyPasskey} label="Use your passkey" />;
}
