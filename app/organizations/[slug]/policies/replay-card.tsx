import { Card } from '@/components/ui/card';
import { CodeText } from '@/components/ui/code-text';
import { type Column, DataTable } from '@/components/ui/data-table';
import { Moment } from '@/components/ui/moment';
import type { RefusedAddress, Replay } from '@/lib/organization/policies/replay';

const counted = (count: number, word: string): string => `${count} ${count === 1 ? word : `${word}s`}`;

const columns: readonly Column<RefusedAddress>[] = [
  { key: 'address', header: 'Address', cell: (row) => <CodeText>{row.address}</CodeText>, lead: true },
  { key: 'signIns', header: 'Sign-ins', cell: (row) => row.signIns, align: 'end' },
  { key: 'people', header: 'People', cell: (row) => row.people, align: 'end' },
  { key: 'last', header: 'Last seen', cell: (row) => <Moment at={row.last} show="absolute" /> },
];

/** What an address list would have refused in the last 30 days. */
export function ReplayCard({ replay }: { readonly replay: Replay }) {
  const { signIns, refusedSignIns, refused } = replay;
  const description =
    refusedSignIns === 0
      ? `It would have refused none of the ${counted(signIns, 'sign-in')} of the last 30 days.`
      : `It would have refused ${refusedSignIns} of ${counted(signIns, 'sign-in')}. The addresses most used:`;
  return (
    <Card title="The address list against the last 30 days" description={description} flush>
      {refused.length > 0 && (
        <DataTable
          caption="Addresses the list would refuse"
          columns={columns}
          rows={refused}
          rowKey={(row) => row.address}
        />
      )}
    </Card>
  );
}
