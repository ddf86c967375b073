'use client';

import { useActionState } from 'react';
import { ButtonForm } from '@/app/factor-set-up/code-form';
import { PasskeySetUp } from '@/app/factor-set-up/passkey-set-up';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { TextField } from '@/components/text-field';
import { idle } from '@/lib/policy/form-state';
import { begin, finish, remove, rename } from './actions';

export function NewPasskey() {
  return <PasskeySetUp begin={begin} finish={finish} />;
}

type OwnPasskeyProps = { readonly id: string; readonly name: string };

export function RenameForm({ id, name }: OwnPasskeyProps) {
  const [state, submit] = useActionState(rename, idle);
  return (
    <Form action={submit} state={state} label={`Rename ${name}`} className="gap-3!">
      <input type="hidden" name="id" value={id} />
      <TextField name="name" label="Name" defaultValue={name} autoComplete="off" />
      <div>
        <SubmitButton look="secondary" size="small">
          Save
        </SubmitButton>
      </div>
    </Form>
  );
}

export function RemoveForm({ id, name }: OwnPasskeyProps) {
  return (
    <ButtonForm
      action={remove}
      label="Remove"
      values={{ method: 'passkey', id }}
      look="danger-outline"
      about={name}
    />
  );
}
