'use client';

import { useActionState } from 'react';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { idle } from '@/lib/policy/form-state';
import { restore } from './actions';

type RestoreFormProps = {
  readonly about: { readonly organization: string; readonly domain: string };
  readonly version: number;
  readonly replaces: boolean;
};

/** Makes a draft of an older version. */
export function RestoreForm({ about, version, replaces }: RestoreFormProps) {
  const [state, submit] = useActionState(restore, idle);
  return (
    <Form action={submit} state={state} label={`Restore version ${version}`} quiet>
      <input type="hidden" name="organization" value={about.organization} />
      <input type="hidden" name="domain" value={about.domain} />
      <input type="hidden" name="version" value={version} />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton>Restore version {version}</SubmitButton>
        {replaces && <p className="text-muted text-xs">This replaces the draft that is open now.</p>}
      </div>
    </Form>
  );
}
