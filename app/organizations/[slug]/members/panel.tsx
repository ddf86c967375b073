import { PanelDialog } from '@/components/panel-dialog';
import type { MemberRow } from '@/lib/organization/members';
import type { Acting } from '@/lib/policy/roles';
import { roleWords } from '../../words';
import { type Act, acts, actsFor, rolesFor } from './acts';
import { ActForm } from './form';

const effects: Record<Act, (name: string) => string> = {
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
      description={<p>{effects[act](member.name)}</p>}
      closeHref={closeHref}
    >
      <ActForm slug={slug} memberId={member.id} act={act} label={acts[act]} {...roles} />
    </PanelDialog>
  );
}
