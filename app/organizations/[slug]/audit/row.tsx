import { ArrowRight } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { type Column, DataTable } from '@/components/ui/data-table';
import { Moment } from '@/components/ui/moment';
import type { AuditRow } from '@/lib/organization/audit-log';
import { type Change, changesOf, eventWord } from './words';

const actorText = (row: AuditRow): string =>
  row.actor ??
  (row.actorKind === 'system'
    ? 'Gatehouse'
    : row.actorKind === 'operator'
      ? 'An operator'
      : 'A former account');

/** Before and after side by side in words, so that the arrow is only a picture of it. */
function ChangeText({ change }: { readonly change: Change }) {
  const { key, before, after } = change;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      <span className="text-muted">{key}</span>
      {before !== null && <span className="break-all">{before}</span>}
      {before !== null && after !== null && (
        <>
          <ArrowRight aria-hidden className="size-3.5 shrink-0 text-muted" />
          <span className="sr-only">became</span>
        </>
      )}
      {after !== null && <span className="break-all font-medium">{after}</span>}
      {after === null && <span className="text-muted">(gone)</span>}
    </span>
  );
}

function What({ row }: { readonly row: AuditRow }) {
  const changes = changesOf(row.before, row.after);
  return (
    <div className="flex flex-col gap-1">
      <span className="flex flex-wrap items-center gap-2 font-medium">
        {eventWord(row.event)}
        {row.result !== 'success' && (
          <Badge tone="warn">{row.result === 'refused' ? 'Refused' : 'Failed'}</Badge>
        )}
      </span>
      {row.target !== null && <span className="break-all text-muted text-xs">{row.target}</span>}
      {changes.length > 0 && (
        <ul className="flex flex-col gap-0.5 font-normal text-xs">
          {changes.map((change) => (
            <li key={change.key}>
              <ChangeText change={change} />
            </li>
          ))}
        </ul>
      )}
      {row.reason !== null && <span className="font-normal text-xs">Reason: {row.reason}</span>}
    </div>
  );
}

const columnsOf = (now: number): readonly Column<AuditRow>[] => [
  { key: 'what', header: 'What', lead: true, cell: (row) => <What row={row} /> },
  { key: 'who', header: 'Who', cell: actorText },
  {
    key: 'from',
    header: 'From',
    cell: (row) => <span className="break-all font-mono text-xs">{row.address ?? '–'}</span>,
  },
  { key: 'when', header: 'When', cell: (row) => <Moment at={row.at} now={now} show="absolute" /> },
  { key: 'row', header: 'Row', align: 'end', cell: (row) => row.sequence },
];

export function AuditTable({ rows, now }: { readonly rows: readonly AuditRow[]; readonly now: number }) {
  return (
    <DataTable
      caption="Audit log"
      columns={columnsOf(now)}
      rows={rows}
      rowKey={(row) => String(row.sequence)}
    />
  );
}
