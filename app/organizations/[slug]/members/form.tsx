'use client';

import { useActionState } from 'react';
import { SelectField } from '@/components/choice-field';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { TextareaField, TextField } from '@/components/text-field';
import { Callout } from '@/components/ui/callout';
import { CodeText } from '@/components/ui/code-text';
import { CopyButton } from '@/components/ui/copy-button';
import { idle } from '@/lib/policy/form-state';
import { changeMemberRole, removeFromOrganization, suspendMember, unsuspendMember } from './actions';
import {
  coolDown,
  endSessionsOf,
  letInAgain,
  promptReset,
  resetContact,
  resetFactors,
  setTemporary,
  unlock,
} from './help-actions';

type MemberFormProps = {
  readonly slug: string;
  readonly memberId: string;
  readonly label: string;
};

const actions = {
  prompt: promptReset,
  temporary: setTemporary,
  contact: resetContact,
  cool: coolDown,
  unlock,
  factors: resetFactors,
  sessions: endSessionsOf,
  readmit: letInAgain,
  role: changeMemberRole,
  suspend: suspendMember,
  unsuspend: unsuspendMember,
  remove: removeFromOrganization,
};

type ActFormProps = MemberFormProps & {
  readonly act: keyof typeof actions;
  /** For a change of role: what may be chosen. */
  readonly roles?: readonly { readonly value: string; readonly label: string }[];
  readonly currentRole?: string;
};

const dangerous = new Set<keyof typeof actions>(['factors', 'sessions', 'suspend', 'remove']);

/** One act on one member: always with a reason, confirmed by a button that names the act. */
export function ActForm({ slug, memberId, label, act, roles, currentRole }: ActFormProps) {
  const [state, submit] = useActionState(actions[act], idle);
  if (state.status === 'done') return <Done message={state.message} secrets={state.data ?? {}} />;
  return (
    <Form action={submit} state={state}>
      <input type="hidden" name="organization" value={slug} />
      <input type="hidden" name="member" value={memberId} />
      {roles && <SelectField name="role" label="Role" options={roles} defaultValue={currentRole} />}
      {act === 'contact' && (
        <TextField
          name="email"
          type="email"
          label="New contact email"
          optional
          autoComplete="off"
          hint="Left empty, it is cleared and asked for at the next sign-in."
        />
      )}
      <TextareaField
        name="reason"
        label="Reason"
        rows={2}
        hint="The person may read it, and it stands in the audit log."
      />
      <div>
        <SubmitButton look={dangerous.has(act) ? 'danger' : 'primary'}>{label}</SubmitButton>
      </div>
    </Form>
  );
}

type DoneProps = { readonly message: string; readonly secrets: Readonly<Record<string, string>> };

/** What was done, and what is shown this once: a temporary password, or the PIN that stands in for a second factor. */
function Done({ message, secrets: { password, pin } }: DoneProps) {
  return (
    <Callout tone="ok" role="status" title={message}>
      {password !== undefined && (
        <>
          <p>It is shown this once. Hand it over in person or by phone, not by mail.</p>
          <Secret text={password} name="temporary password" />
        </>
      )}
      {pin !== undefined && (
        <>
          <p>
            Codes to that address were the only second factor. This PIN is asked for in their place, once,
            within 24 hours. It is shown this once: hand it over in person or by phone, not by mail.
          </p>
          <Secret text={pin} name="hand-over PIN" />
        </>
      )}
    </Callout>
  );
}

function Secret({ text, name }: { readonly text: string; readonly name: string }) {
  return (
    <p className="flex flex-wrap items-center gap-3">
      <CodeText className="text-base">{text}</CodeText>
      <CopyButton text={text} accessibleLabel={`Copy ${name}`} />
    </p>
  );
}
