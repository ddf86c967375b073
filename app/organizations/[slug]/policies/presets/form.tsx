'use client';

import { useActionState } from 'react';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { TextareaField } from '@/components/text-field';
import { idle } from '@/lib/policy/form-state';
import type { PresetName } from '@/lib/policy/presets';
import { applyPreset, importPolicy } from './actions';

type About = { readonly organization: string; readonly domain: string };
type PresetFormProps = {
  readonly about: About;
  readonly preset: PresetName;
  readonly label: string;
  readonly count: string;
};

/** Fills the draft with a preset. */
export function PresetForm({ about, preset, label, count }: PresetFormProps) {
  const [state, submit] = useActionState(applyPreset, idle);
  return (
    <Form action={submit} state={state} label={`Use ${label}`} quiet className="items-end">
      <input type="hidden" name="organization" value={about.organization} />
      <input type="hidden" name="domain" value={about.domain} />
      <input type="hidden" name="preset" value={preset} />
      <div className="flex flex-wrap items-center gap-3">
        <span className="text-muted text-xs tabular-nums">Changes {count}</span>
        <SubmitButton look="secondary" size="small">
          Use preset<span className="sr-only"> {label}</span>
        </SubmitButton>
      </div>
    </Form>
  );
}

/** Fills the draft with an exported policy. */
export function ImportForm({ about }: { readonly about: About }) {
  const [state, submit] = useActionState(importPolicy, idle);
  return (
    <Form action={submit} state={state} label="Import a policy" quiet>
      <input type="hidden" name="organization" value={about.organization} />
      <input type="hidden" name="domain" value={about.domain} />
      <TextareaField
        name="document"
        label="Exported policy"
        hint="Paste the whole JSON of an export. It becomes a draft; you review it before anything is saved."
        rows={6}
        mono
      />
      <div>
        <SubmitButton look="secondary">Import as draft</SubmitButton>
      </div>
    </Form>
  );
}
