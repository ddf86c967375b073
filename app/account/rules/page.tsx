import type { Metadata } from 'next';
import { Card } from '@/components/ui/card';
import { DataTable } from '@/components/ui/data-table';
import { PageHeader } from '@/components/ui/page-header';
import type { LayerSource } from '@/lib/policy/layer';
import { requireSession } from '@/lib/session/current';
import { type Rule, rulesOf } from './words';

export const metadata: Metadata = { title: 'What applies to you' };

const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

function SourceName({ source, prefix }: { readonly source: LayerSource; readonly prefix?: string }) {
  return (
    <span className="block">
      {prefix}
      {source.name}
      <span className="block text-muted text-xs">
        <span className="whitespace-nowrap">since {day.format(source.since)}</span>
        {source.author && `, by ${source.author}`}
      </span>
    </span>
  );
}

function Sources({ sources, adjustedBy }: Rule) {
  if (sources.length === 0 && adjustedBy.length === 0)
    return <span className="text-muted">Gatehouse’s own</span>;
  return (
    <>
      {sources.map((source) => (
        <SourceName key={source.id} source={source} />
      ))}
      {adjustedBy.map((source) => (
        <SourceName key={`moved ${source.id}`} source={source} prefix="moved to fit another rule of " />
      ))}
    </>
  );
}

const columns = [
  {
    key: 'rule',
    header: 'Rule',
    lead: true,
    cell: (rule: Rule) => (
      <>
        {rule.label}
        <span className="block font-normal text-muted text-xs">{rule.help}</span>
      </>
    ),
  },
  {
    key: 'value',
    header: 'For you',
    cell: (rule: Rule) => <span className="whitespace-nowrap font-medium">{rule.value}</span>,
  },
  { key: 'source', header: 'Comes from', cell: (rule: Rule) => <Sources {...rule} /> },
];

export default async function RulesPage() {
  const session = await requireSession();
  return (
    <>
      <PageHeader
        title="What applies to you"
        description="Every rule for your sign-in, and who set it. Where two set the same rule, the stricter one holds."
        back={{ href: '/account', label: 'Account security' }}
      />
      {rulesOf(session.policy).map((group) => (
        <Card key={group.title} title={group.title} flush>
          <DataTable
            caption={group.title}
            columns={columns}
            rows={group.rules}
            rowKey={(rule) => rule.label}
          />
        </Card>
      ))}
    </>
  );
}
