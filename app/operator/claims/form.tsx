'use client';

import { useActionState } from 'react';
import { SwitchField } from '@/components/choice-field';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { TextField } from '@/components/text-field';
import { idle } from '@/lib/policy/form-state';
import { approve, reject, setApproval } from './actions';

export function ApprovalSwitch({ isOn }: { readonly isOn: boolean }) {
  const [state, submit] = useActionState(setApproval, idle);
  return (
    <Form action={submit} state={state} label="Approval of claims">
      <SwitchField
        name="approval"
        label="Claims need approval"
        hint="While this is on, a proven claim waits here before it is in force."
        defaultChecked={isOn}
      />
      <div>
        <SubmitButton>Save</SubmitButton>
      </div>
    </Form>
  );
}

type ClaimProps = { readonly id: string; readonly domain: string };

export function ApproveForm({ id, domain }: ClaimProps) {
  const [state, submit] = useActionState(approve, idle);
  return (
    <Form action={submit} state={state} label={`Approve ${domain}`}>
      <input type="hidden" name="claim" value={id} />
      <div>
        <SubmitButton>Approve</SubmitButton>
      </div>
    </Form>
  );
}

export function RejectForm({ id, domain }: ClaimProps) {
  const [state, submit] = useActionState(reject, idle);
  return (
    <Form action={submit} state={state} label={`Reject ${domain}`}>
      <input type="hidden" name="claim" value={id} />
      <TextField name="reason" label="Reason" hint="The organization reads it." />
      <div>
        <SubmitButton look="danger-outline">Reject</SubmitButton>
      </div>
    </Form>
  );
}
