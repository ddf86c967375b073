'use client';

import { useActionState } from 'react';
import { SelectField } from '@/components/choice-field';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { TextareaField } from '@/components/text-field';
import { idle } from '@/lib/policy/form-state';
import { sendInvitations, takeBack } from './actions';

type InviteFormProps = {
  readonly slug: string;
  readonly roles: readonly { readonly value: string; readonly label: string }[];
};

export function InviteForm({ slug, roles }: InviteFormProps) {
  const [state, submit] = useActionState(sendInvitations, idle);
  return (
    <Form action={submit} state={state}>
      <input type="hidden" name="organization" value={slug} />
      <TextareaField
        name="emails"
        label="Email"
        rows={3}
        hint="One address, or several: one a line, or pasted from a CSV file."
      />
      <SelectField
        name="role"
        label="Role"
        options={roles}
        defaultValue="member"
        hint="Guests are people from outside. Admins can invite and help; owners decide on domains and policies too."
      />
      <div>
        <SubmitButton>Invite</SubmitButton>
      </div>
    </Form>
  );
}

type TakeBackFormProps = { readonly slug: string; readonly id: string };

export function TakeBackForm({ slug, id }: TakeBackFormProps) {
  const [state, submit] = useActionState(takeBack, idle);
  return (
    <Form action={submit} state={state} quiet className="sm:items-end">
      <input type="hidden" name="organization" value={slug} />
      <input type="hidden" name="invitation" value={id} />
      <SubmitButton look="secondary" size="small">
        Take back
      </SubmitButton>
    </Form>
  );
}
