'use client';

import { useActionState } from 'react';
import { SelectField } from '@/components/choice-field';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { TextField } from '@/components/text-field';
import { idle } from '@/lib/policy/form-state';
import { activate, change, deactivate } from './actions';

type TermsProps = {
  readonly slug: string;
  readonly graceHours: number;
  readonly minimumStrength: number;
  readonly strengths: readonly { readonly value: string; readonly label: string }[];
};

function TermFields({ slug, graceHours, minimumStrength, strengths }: TermsProps) {
  return (
    <>
      <input type="hidden" name="organization" value={slug} />
      <TextField
        name="graceHours"
        label="Grace period, in hours"
        inputMode="numeric"
        defaultValue={String(graceHours)}
        hint="From 0 to 720; 24 unless you change it. Shortening it acts at once."
        className="max-w-56"
      />
      <SelectField
        name="minimumStrength"
        label="Weakest method that counts"
        options={strengths}
        defaultValue={String(minimumStrength)}
        className="max-w-80"
      />
    </>
  );
}

export function ActivateForm(props: TermsProps) {
  const [state, submit] = useActionState(activate, idle);
  return (
    <Form action={submit} state={state}>
      <TermFields {...props} />
      <div>
        <SubmitButton>Activate mandatory two-factor authentication for your teammates</SubmitButton>
      </div>
    </Form>
  );
}

export function ChangeForm(props: TermsProps) {
  const [state, submit] = useActionState(change, idle);
  return (
    <Form action={submit} state={state} label="Grace period and methods">
      <TermFields {...props} />
      <div>
        <SubmitButton>Save</SubmitButton>
      </div>
    </Form>
  );
}

export function DeactivateForm({ slug }: { readonly slug: string }) {
  const [state, submit] = useActionState(deactivate, idle);
  return (
    <Form action={submit} state={state} label="Deactivate">
      <input type="hidden" name="organization" value={slug} />
      <div>
        <SubmitButton look="danger-outline">Deactivate</SubmitButton>
      </div>
    </Form>
  );
}
