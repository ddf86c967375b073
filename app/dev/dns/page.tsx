import { Globe } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { CodeText } from '@/components/ui/code-text';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { readZone } from '../zone-changes';
import { RecordForm, RemoveForm } from './form';

type Entry = Awaited<ReturnType<typeof readZone>>[number];

const columns = [
  { key: 'name', header: 'Name', lead: true, cell: ({ name }: Entry) => <CodeText>{name}</CodeText> },
  { key: 'answer', header: 'Answer', cell: (entry: Entry) => <Answer entry={entry} /> },
  {
    key: 'remove',
    header: 'Remove',
    headerHidden: true,
    cell: ({ name }: Entry) => <RemoveForm name={name} />,
  },
] as const;

export default async function DnsZone() {
  const zone = await readZone();
  return (
    <>
      <PageHeader
        title="DNS zone"
        description="TXT records that this machine believes in. Names that are not here are asked for outside; names under .example and .test exist only here."
      />
      <Card flush>
        <DataTable
          caption="Records"
          columns={columns}
          rows={zone}
          rowKey={({ name }) => name}
          empty={
            <EmptyState icon={<Globe aria-hidden />} title="No records yet">
              Add the record that a domain claim asks for, then check the claim.
            </EmptyState>
          }
        />
      </Card>
      <Card title="Add or replace a record">
        <RecordForm />
      </Card>
    </>
  );
}

function Answer({ entry }: { readonly entry: Entry }) {
  if ('fail' in entry) return <Badge tone="warn">{entry.fail}</Badge>;
  return (
    <ul className="flex flex-col gap-1">
      {entry.values.map((value) => (
        <li key={value}>
          <CodeText>{value}</CodeText>
        </li>
      ))}
    </ul>
  );
}
