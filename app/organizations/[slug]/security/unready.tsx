import { roleWords } from '@/app/organizations/words';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { DataTable } from '@/components/ui/data-table';
import type { MemberStrength } from '@/lib/organization/rule-people';
import { strengthTowards } from '@/lib/policy/second-factor';
import { settings } from '@/lib/policy/settings';

const methodNames: Readonly<Record<number, string>> = settings.secondFactorStrength.options;
const shown = 50;

/** The people whom the rule would stop, or stops: none of their factors reaches it. */
export function Unready({
  people,
  needed,
  isActive,
}: {
  readonly people: readonly MemberStrength[];
  readonly needed: number;
  /** Whether the rule binds them already. */
  readonly isActive: boolean;
}) {
  const unready = people.filter((person) => strengthTowards(person) < needed);
  if (unready.length === 0) return null;
  return (
    <Card
      title="Not ready yet"
      description={
        isActive
          ? 'At the deadline they are signed out and asked to set one up.'
          : 'Once the rule is active they have the grace period to set one up.'
      }
      flush
    >
      <DataTable
        caption="People who are not ready"
        columns={[
          {
            key: 'person',
            header: 'Person',
            lead: true,
            cell: (person) => (
              <>
                <span className="block font-medium">{person.name}</span>
                <span className="block break-all font-normal text-muted text-xs">{person.loginEmail}</span>
              </>
            ),
          },
          { key: 'role', header: 'Role', cell: (person) => roleWords[person.role] },
          {
            key: 'factor',
            header: 'Second factor',
            cell: ({ strength }) =>
              strength === 0 ? (
                <Badge tone="bad">None</Badge>
              ) : (
                <Badge tone="warn">{methodNames[strength]}</Badge>
              ),
          },
        ]}
        rows={unready.slice(0, shown)}
        rowKey={(person) => person.accountId}
      />
      {unready.length > shown && (
        <p className="border-line border-t px-5 py-3 text-muted">And {unready.length - shown} more.</p>
      )}
    </Card>
  );
}
