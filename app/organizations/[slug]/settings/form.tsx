'use client';

import { useActionState } from 'react';
import { SwitchField } from '@/components/choice-field';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { TextField } from '@/components/text-field';
import { idle } from '@/lib/policy/form-state';
import { saveSettings } from './actions';

type SettingsFormProps = {
  readonly slug: string;
  readonly name: string;
  readonly mayRename: boolean;
  readonly adminsMaySetPasswords: boolean;
};

export function SettingsForm({ slug, name, mayRename, adminsMaySetPasswords }: SettingsFormProps) {
  const [state, submit] = useActionState(saveSettings, idle);
  return (
    <Form action={submit} state={state}>
      <input type="hidden" name="organization" value={slug} />
      <TextField
        name="name"
        label="Name"
        autoComplete="organization"
        defaultValue={name}
        readOnly={!mayRename}
        hint={
          mayRename
            ? 'Up to 60 characters. The address of your pages stays as it is.'
            : 'Only an owner can change it.'
        }
      />
      <SwitchField
        name="temporaryByAdmins"
        label="Admins may set temporary passwords"
        hint="For managed accounts only. The person has to change it at the first sign-in, and it expires after 72 hours."
        defaultChecked={adminsMaySetPasswords}
      />
      <div>
        <SubmitButton>Save</SubmitButton>
      </div>
    </Form>
  );
}
