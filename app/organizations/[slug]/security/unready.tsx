import { Badge } from '@/components/ui/badge';
import { DataTable } from '@/components/ui/data-table';
import type { MemberStrength } from '@/lib/organization/second-factor-rule';
import { settings } from '@/lib/policy/settings';

const methodNames: Readonly<Record<number, string>> = settings.secondFactorStrength.options;
const shown = 50;

/** The people whom the rule would stop, or stops: none of their factors reaches it. */
export function Unready({
  people,
  needed,
}: {
  readonly people: readonly MemberStrength[];
  readonly needed: number;
}) {
  const unready = people.filter(({ strength }) => strength < needed);
  if (unready.length === 0) return <p className="text-muted">Everybody is ready.</p>;
  return (
    <>
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
                <span className="block break-all text-muted">{person.loginEmail}</span>
              </>
            ),
          },
          { key: 'role', header: 'Role', cell: (person) => person.role },
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
      {unready.length > shown && <p className="text-muted">And {unready.length - shown} more.</p>}
    </>
  );
}
