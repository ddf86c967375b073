'use client';

import { useActionState } from 'react';
import { SelectField } from '@/components/choice-field';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { TextareaField, TextField } from '@/components/text-field';
import { idle } from '@/lib/policy/form-state';
import { removeZoneRecord, saveZoneRecord } from './actions';

const answers = [
  { value: 'values', label: 'TXT values' },
  { value: 'NXDOMAIN', label: 'Fail: no such name (NXDOMAIN)' },
  { value: 'SERVFAIL', label: 'Fail: server failure (SERVFAIL)' },
  { value: 'timeout', label: 'Fail: no answer (timeout)' },
] as const;

export function RecordForm() {
  const [state, send] = useActionState(saveZoneRecord, idle);
  return (
    <Form action={send} state={state} label="Add a record">
      <TextField
        name="name"
        label="Name"
        mono
        placeholder="_gatehouse-challenge.example.com"
        spellCheck={false}
      />
      <SelectField name="answer" label="Answer" options={answers} defaultValue="values" />
      <TextareaField name="values" label="Values" hint="One value a line." mono optional />
      <SubmitButton>Save record</SubmitButton>
    </Form>
  );
}

export function RemoveForm({ name }: { readonly name: string }) {
  const [state, send] = useActionState(removeZoneRecord, idle);
  return (
    <Form action={send} state={state} label={`Remove ${name}`} quiet>
      <input type="hidden" name="name" value={name} />
      <SubmitButton look="secondary" size="small">
        Remove
      </SubmitButton>
    </Form>
  );
}
