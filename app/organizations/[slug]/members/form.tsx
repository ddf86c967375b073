'use client';

import { useActionState } from 'react';
import { SelectField } from '@/components/choice-field';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { TextareaField } from '@/components/text-field';
import { idle } from '@/lib/policy/form-state';
import { changeMemberRole, removeFromOrganization, suspendMember, unsuspendMember } from './actions';

type MemberFormProps = {
  readonly slug: string;
  readonly memberId: string;
  readonly label: string;
};

const actions = {
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

/** One act on one member: always with a reason, confirmed by a button that names the act. */
export function ActForm({ slug, memberId, label, act, roles, currentRole }: ActFormProps) {
  const [state, submit] = useActionState(actions[act], idle);
  return (
    <Form action={submit} state={state}>
      <input type="hidden" name="organization" value={slug} />
      <input type="hidden" name="member" value={memberId} />
      {roles && <SelectField name="role" label="Role" options={roles} defaultValue={currentRole} />}
      <TextareaField name="reason" label="Reason" rows={2} hint="It stands in the audit log." />
      <div>
        <SubmitButton look={act === 'remove' || act === 'suspend' ? 'danger' : 'primary'}>
          {label}
        </SubmitButton>
      </div>
    </Form>
  );
}
