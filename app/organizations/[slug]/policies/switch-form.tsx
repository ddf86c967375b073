'use client';

import { useActionState } from 'react';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { idle } from '@/lib/policy/form-state';
import { activate, confirm, disable } from './actions';

const kinds = {
  activate: { action: activate, label: 'Activate', look: 'primary' },
  disable: { action: disable, label: 'Disable', look: 'secondary' },
  confirm: { action: confirm, label: 'Keep this change', look: 'primary' },
} as const;

type SwitchFormProps = {
  readonly kind: keyof typeof kinds;
  readonly about: { readonly organization: string; readonly domain: string };
  /** The version to keep, where one is kept. */
  readonly version?: string;
};

/** One button that switches the policy on or off, or keeps what would revert. */
export function SwitchForm({ kind, about, version }: SwitchFormProps) {
  const { action, label, look } = kinds[kind];
  const [state, submit] = useActionState(action, idle);
  return (
    <Form action={submit} state={state} label={`${label} the policy of ${about.domain}`} quiet>
      <input type="hidden" name="organization" value={about.organization} />
      <input type="hidden" name="domain" value={about.domain} />
      {version !== undefined && <input type="hidden" name="version" value={version} />}
      <SubmitButton look={look}>{label}</SubmitButton>
    </Form>
  );
}
