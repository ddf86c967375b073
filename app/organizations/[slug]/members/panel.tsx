import { PanelDialog } from '@/components/panel-dialog';
import type { MemberRow } from '@/lib/organization/members';
import type { Acting } from '@/lib/policy/roles';
import { roleWords } from '../../words';
import { type Act, acts, actsFor, rolesFor } from './acts';
import { ActForm } from './form';

const effects: Record<Act, (name: string, managed: boolean) => string> = {
  prompt: (name, managed) =>
    managed
      ? `${name} is led to the change page at the next sign-in, and in running sessions at the next step. The mail holds no link that opens anything.`
      : `${name} must change the password before entering this organization. Their account is their own, so nothing else is asked.`,
  temporary: (name) =>
    `A password is made and shown to you once. ${name} has to change it at the first sign-in; it expires after 72 hours. All their sessions end.`,
  contact: (name) =>
    `${name} is asked for a contact email at the next sign-in. The old address is told, and all their sessions end. Where codes to it are the only second factor, clearing it shows you a PIN to hand over.`,
  cool: (name, managed) =>
    managed
      ? `Codes on their way become void, counters start again, and locks are lifted. ${name} stays signed in.`
      : `${name} is mailed a link to do this, because the account is their own.`,
  unlock: (name, managed) =>
    managed
      ? `${name} can try the password again at once.`
      : `${name} is mailed a link to do this, because the account is their own.`,
  factors: (name) =>
    `Every second factor and backup code of ${name} is removed, and all their sessions end. A rule that asks for one gives no new time.`,
  sessions: (name, managed) =>
    managed
      ? `${name} is signed out everywhere at once.`
      : `${name} is shut out of this organization until they sign in again. Their other sessions are their own.`,
  readmit: (name) => `You know that ${name} is who they say. They can enter this organization at once.`,
  role: (name) => `${name} is told by mail. If this takes the role of an owner, every owner is told.`,
  suspend: (name) =>
    `${name} cannot enter this organization until you lift it. Their account and other organizations stay as they are.`,
  unsuspend: (name) => `${name} can enter this organization again at once.`,
  remove: (name) =>
    `${name} loses access at once. Only a new invitation brings them back. Their account stays.`,
};

type PanelProps = {
  readonly slug: string;
  readonly member: MemberRow;
  readonly act: Act;
  readonly actor: Acting;
  readonly closeHref: string;
};

/** The panel of one act on one member; nothing where the act is not this person's to do. */
export function MemberPanel({ slug, member, act, actor, closeHref }: PanelProps) {
  if (!actsFor(actor, member).includes(act)) return null;
  const roles =
    act === 'role'
      ? {
          roles: rolesFor(actor, member).map((role) => ({ value: role, label: roleWords[role] })),
          currentRole: member.role,
        }
      : {};
  return (
    <PanelDialog
      title={`${acts[act]}: ${member.name}`}
      description={<p>{effects[act](member.name, member.managed)}</p>}
      closeHref={closeHref}
    >
      <ActForm slug={slug} memberId={member.id} act={act} label={acts[act]} {...roles} />
    </PanelDialog>
  );
}
