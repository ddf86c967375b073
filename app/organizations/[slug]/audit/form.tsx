'use client';

import { Download, ShieldCheck } from 'lucide-react';
import { useActionState } from 'react';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { idle } from '@/lib/policy/form-state';
import { exportLog, verifyLog } from './actions';

export function VerifyForm({ slug }: { readonly slug: string }) {
  const [state, submit] = useActionState(verifyLog, idle);
  return (
    <Form action={submit} state={state} label="Verify the log">
      <input type="hidden" name="organization" value={slug} />
      <div>
        <SubmitButton look="secondary" icon={<ShieldCheck aria-hidden />}>
          Verify
        </SubmitButton>
      </div>
    </Form>
  );
}

export function ExportForm({ slug }: { readonly slug: string }) {
  const [state, submit] = useActionState(exportLog, idle);
  return (
    <Form action={submit} state={state} label="Export the log">
      <input type="hidden" name="organization" value={slug} />
      <div>
        <SubmitButton look="secondary" icon={<Download aria-hidden />}>
          Export
        </SubmitButton>
      </div>
    </Form>
  );
}
