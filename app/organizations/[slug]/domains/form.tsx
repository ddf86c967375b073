'use client';

import { type ReactNode, useActionState } from 'react';
import { CheckboxField } from '@/components/choice-field';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { TextareaField, TextField } from '@/components/text-field';
import { idle } from '@/lib/policy/form-state';
import { checkNow, claimDomain, renew, revoke, saveSubdomains } from './actions';

type ClaimDomainFormProps = {
  readonly slug: string;
  /** The first claim's domain, which is the owner's own and not to be changed. */
  readonly first: string | null;
};

export function ClaimDomainForm({ slug, first }: ClaimDomainFormProps) {
  const [state, submit] = useActionState(claimDomain, idle);
  return (
    <Form action={submit} state={state}>
      <input type="hidden" name="organization" value={slug} />
      <TextField
        name="domain"
        label="Domain"
        autoComplete="off"
        spellCheck={false}
        mono
        defaultValue={first ?? undefined}
        readOnly={first !== null}
        hint={
          first === null
            ? 'What stands after the @ in your people’s email addresses.'
            : 'The first domain is that of your own login email.'
        }
      />
      <CheckboxField
        name="includesSubdomains"
        label="Include subdomains"
        hint="Addresses like ana@mail.example.com belong to the claim too."
      />
      <div>
        <SubmitButton>Claim email domain</SubmitButton>
      </div>
    </Form>
  );
}

type ClaimFormProps = { readonly slug: string; readonly claimId: string; readonly domain: string };

type CheckNowFormProps = ClaimFormProps & {
  /** What the look before found; the answer to this one takes its place. */
  readonly children?: ReactNode;
};

export function CheckNowForm({ slug, claimId, domain, children }: CheckNowFormProps) {
  const [state, submit] = useActionState(checkNow, idle);
  return (
    <Form action={submit} state={state} label={`Check ${domain}`}>
      <input type="hidden" name="organization" value={slug} />
      <input type="hidden" name="claim" value={claimId} />
      {state.status !== 'error' && children}
      <div>
        <SubmitButton>Check now</SubmitButton>
      </div>
    </Form>
  );
}

export function RenewForm({ slug, claimId, domain }: ClaimFormProps) {
  const [state, submit] = useActionState(renew, idle);
  return (
    <Form action={submit} state={state} label={`New value for ${domain}`}>
      <input type="hidden" name="organization" value={slug} />
      <input type="hidden" name="claim" value={claimId} />
      <div>
        <SubmitButton look="secondary">Get a new value</SubmitButton>
      </div>
    </Form>
  );
}

export function RevokeForm({ slug, claimId }: ClaimFormProps) {
  const [state, submit] = useActionState(revoke, idle);
  return (
    <Form action={submit} state={state}>
      <input type="hidden" name="organization" value={slug} />
      <input type="hidden" name="claim" value={claimId} />
      <TextareaField name="reason" label="Reason" rows={2} hint="It stands in the audit log." />
      <div>
        <SubmitButton look="danger">Revoke</SubmitButton>
      </div>
    </Form>
  );
}

export function SubdomainsForm({
  slug,
  claimId,
  domain,
  included,
}: ClaimFormProps & { readonly included: boolean }) {
  const [state, submit] = useActionState(saveSubdomains, idle);
  return (
    <Form action={submit} state={state}>
      <input type="hidden" name="organization" value={slug} />
      <input type="hidden" name="claim" value={claimId} />
      <CheckboxField
        name="includesSubdomains"
        label={`Include subdomains of ${domain}`}
        hint="A claim of a subdomain itself wins over this one."
        defaultChecked={included}
      />
      <div>
        <SubmitButton>Save</SubmitButton>
      </div>
    </Form>
  );
}
