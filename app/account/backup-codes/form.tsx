'use client';

import { useActionState } from 'react';
import { BackupCodeList } from '@/components/backup-code-list';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { idle } from '@/lib/policy/form-state';
import { renew, show } from './actions';

type SheetProps = { readonly login: string; readonly host: string };

type Shown = { readonly code: string; readonly used: boolean };

const codesOf = (json: string | undefined): readonly Shown[] => (json === undefined ? [] : JSON.parse(json));

/** The saved codes, after step-up. */
export function ShowCodesForm(sheet: SheetProps) {
  const [state, submit] = useActionState(show, idle);
  const codes = state.status === 'done' ? codesOf(state.data?.codes) : [];
  if (codes.length > 0) return <BackupCodeList codes={codes} {...sheet} />;
  return (
    <Form action={submit} state={state} label="Show backup codes" quiet>
      <div>
        <SubmitButton look="secondary">Show backup codes</SubmitButton>
      </div>
    </Form>
  );
}

/** Ten new codes for the old ones. */
export function NewCodesForm() {
  const [state, submit] = useActionState(renew, idle);
  return (
    <Form action={submit} state={state} label="New codes">
      <div>
        <SubmitButton look="secondary">Get new codes</SubmitButton>
      </div>
    </Form>
  );
}
