import { Badge } from '@/components/ui/badge';
import { type Column, DataTable } from '@/components/ui/data-table';
import { Menu } from '@/components/ui/menu';
import { Moment } from '@/components/ui/moment';
import type { MemberRow } from '@/lib/organization/members';
import type { Acting } from '@/lib/policy/roles';
import { roleWords } from '../../words';
import { acts, actsFor } from './acts';

const factorWords = ['None', 'Emailed code', 'Text message', 'Authentication app', 'Passkey'] as const;

type FactorProps = {
  readonly strength: number;
  /** What the organization's own rule asks for; 0 without one. */
  readonly needed: number;
};

function Factor({ strength, needed }: FactorProps) {
  const word = factorWords[strength] ?? 'None';
  if (strength < needed) return <Badge tone="bad">{strength === 0 ? 'None' : `${word}, too weak`}</Badge>;
  if (strength === 0) return <Badge>{word}</Badge>;
  return <Badge tone={strength > 2 ? 'ok' : 'warn'}>{strength > 2 ? word : `${word}, weaker`}</Badge>;
}

type StateBadge = { readonly word: string; readonly tone: 'bad' | 'warn' | 'neutral' };

function statesOf(member: MemberRow): readonly StateBadge[] {
  const states: StateBadge[] = [];
  if (member.suspendedAt !== null) states.push({ word: 'Suspended', tone: 'bad' });
  if (member.lockedUntil !== null) states.push({ word: 'Locked', tone: 'warn' });
  if (member.passwordChangeReason !== null) states.push({ word: 'Must change password', tone: 'warn' });
  if (!member.contactEmailProven) states.push({ word: 'No contact email', tone: 'neutral' });
  return states;
}

/** What an owner or admin should know at a glance. */
function States({ member }: { readonly member: MemberRow }) {
  const states = statesOf(member);
  if (states.length === 0) return <span className="text-muted">Active</span>;
  return (
    <ul className="flex flex-wrap gap-1.5 max-sm:justify-end">
      {states.map(({ word, tone }) => (
        <li key={word}>
          <Badge tone={tone}>{word}</Badge>
        </li>
      ))}
    </ul>
  );
}

type MembersTableProps = {
  readonly rows: readonly MemberRow[];
  readonly actorOf: (member: MemberRow) => Acting;
  readonly hrefOf: (member: MemberRow, act: string) => string;
  /** The weakest second factor that the organization's rule accepts; 0 without one. */
  readonly needed: number;
  readonly now: number;
};

export function MembersTable({ rows, actorOf, hrefOf, needed, now }: MembersTableProps) {
  const columns: readonly Column<MemberRow>[] = [
    {
      key: 'member',
      header: 'Member',
      lead: true,
      cell: (member) => (
        <>
          <span className="block font-medium">
            {member.name}
            {actorOf(member).isTarget && <span className="font-normal text-muted"> (you)</span>}
          </span>
          <span className="block break-all font-normal text-muted text-xs">{member.loginEmail}</span>
        </>
      ),
    },
    { key: 'role', header: 'Role', cell: (member) => roleWords[member.role] },
    { key: 'state', header: 'State', cell: (member) => <States member={member} /> },
    {
      key: 'factor',
      header: 'Second factor',
      cell: (member) => <Factor strength={member.strongestFactor} needed={needed} />,
    },
    {
      key: 'active',
      header: 'Last active',
      cell: (member) =>
        member.lastActiveAt === null ? (
          'Never'
        ) : (
          <span className="whitespace-nowrap">
            <Moment at={member.lastActiveAt} now={now} show="relative" />
          </span>
        ),
    },
    {
      key: 'actions',
      header: 'Actions',
      headerHidden: true,
      corner: true,
      align: 'end',
      cell: (member) => {
        const offered = actsFor(actorOf(member), member);
        if (offered.length === 0) return null;
        return (
          <Menu
            label={`Actions for ${member.name}`}
            entries={offered.map((act) => ({
              href: hrefOf(member, act),
              label: acts[act],
              danger: act === 'remove' || act === 'suspend',
            }))}
          />
        );
      },
    },
  ];
  return <DataTable caption="Members" columns={columns} rows={rows} rowKey={(member) => member.id} />;
}
