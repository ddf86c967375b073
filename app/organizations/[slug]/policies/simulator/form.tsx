'use client';

import { RadioField, SelectField } from '@/components/choice-field';
import { FormContext } from '@/components/form-context';
import { FormSummary } from '@/components/form-summary';
import { TextField } from '@/components/text-field';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import type { FormState } from '@/lib/policy/form-state';

type SimulatorFormProps = {
  readonly about: { readonly organization: string; readonly domain: string };
  readonly start: Readonly<Record<'member' | 'address' | 'client' | 'time' | 'policy', string>>;
  readonly state: FormState;
  readonly has: { readonly draft: boolean; readonly inactive: boolean };
};

const clients = [
  { value: 'web', label: 'Web browser' },
  { value: 'mobile', label: 'Mobile app' },
  { value: 'desktop', label: 'Desktop app' },
];

/** Asks a question and changes nothing, so it is sent as the address of its answer. */
export function SimulatorForm({ about, start, state, has }: SimulatorFormProps) {
  const policies = [
    { value: 'in_force', label: 'What is in force' },
    ...(has.inactive ? [{ value: 'saved', label: 'The saved policy, as if it were active' }] : []),
    ...(has.draft ? [{ value: 'draft', label: 'The draft' }] : []),
  ];
  return (
    <FormContext value={{ state, formId: 'simulate' }}>
      <form method="get" noValidate aria-label="Simulate">
        <Card
          title="Simulate a sign-in"
          description="What would happen to somebody who types the right password and has their second factor at hand. Nothing is written."
          footer={
            <Button type="submit" look="primary">
              Run
            </Button>
          }
        >
          <div className="flex flex-col gap-5">
            <FormSummary state={state} formId="simulate" />
            <input type="hidden" name="domain" value={about.domain} />
            <div className="grid items-start gap-5 sm:grid-cols-2">
              <TextField
                name="member"
                label="Member"
                hint="Whose sign-in, by their login email."
                type="email"
                defaultValue={start.member}
                autoComplete="off"
              />
              <TextField
                name="address"
                label="Address"
                hint="Empty for one that is not known."
                defaultValue={start.address}
                autoComplete="off"
                mono
              />
              <SelectField
                name="client"
                label="Client"
                hint="What they sign in with."
                options={clients}
                defaultValue={start.client || 'web'}
              />
              <TextField
                name="time"
                label="Time"
                type="datetime-local"
                defaultValue={start.time}
                hint="In UTC. Empty for now."
              />
            </div>
            {policies.length > 1 && (
              <RadioField
                name="policy"
                label="Under which policy"
                options={policies}
                defaultValue={start.policy || 'in_force'}
              />
            )}
          </div>
        </Card>
      </form>
    </FormContext>
  );
}
