import type { ReactNode } from 'react';
import { classNames } from './class-names';

export type Column<Row> = {
  readonly key: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: 'start' | 'end' | undefined;
  /** On phones the heading of the row's card, without its label. */
  readonly lead?: boolean | undefined;
  /** Hides the header from the eye, as for a column of buttons. */
  readonly headerHidden?: boolean | undefined;
  /** On phones in the upper corner of the card, as for a menu. */
  readonly corner?: boolean | undefined;
};

type DataTableProps<Row> = {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Drawn in the place of the rows when there are none. */
  readonly empty?: ReactNode;
};

/** A table that becomes a list of cards under 640 px, each value then with its header beside it. */
export function DataTable<Row>({ caption, columns, rows, rowKey, empty }: DataTableProps<Row>) {
  if (rows.length === 0 && empty) return <>{empty}</>;
  const hasCorner = columns.some(({ corner }) => corner);
  return (
    <table className="w-full border-collapse text-left text-sm max-sm:block">
      <caption className="sr-only">{caption}</caption>
      <thead className="max-sm:hidden">
        <tr className="border-line border-b">
          {columns.map((column) => (
            <th
              key={column.key}
              scope="col"
              className={classNames(
                'whitespace-nowrap px-4 py-2.5 font-medium text-muted text-xs first:pl-5 last:pr-5',
                column.align === 'end' && 'text-right',
              )}
            >
              {column.headerHidden ? <span className="sr-only">{column.header}</span> : column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line max-sm:block">
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            className="max-sm:relative max-sm:flex max-sm:flex-col max-sm:gap-2 max-sm:p-4"
          >
            {columns.map((column) => (
              <DataCell key={column.key} column={column} besideCorner={hasCorner}>
                {column.cell(row)}
              </DataCell>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type DataCellProps<Row> = {
  readonly column: Column<Row>;
  readonly besideCorner: boolean;
  readonly children: ReactNode;
};

function DataCell<Row>({ column, besideCorner, children }: DataCellProps<Row>) {
  const labelled = !column.lead && !column.headerHidden && !column.corner;
  return (
    <td
      className={classNames(
        'px-4 py-3 align-middle sm:first:pl-5 sm:last:pr-5 max-sm:flex max-sm:items-baseline max-sm:gap-3 max-sm:p-0',
        labelled && 'max-sm:justify-between',
        column.lead && 'max-sm:font-medium',
        column.lead && besideCorner && 'max-sm:pr-12',
        column.align === 'end' && 'sm:text-right sm:tabular-nums',
        column.headerHidden && 'max-sm:pt-1',
        column.corner && 'max-sm:absolute max-sm:top-2.5 max-sm:right-2.5',
      )}
    >
      {labelled && <span className="shrink-0 text-muted text-xs sm:hidden">{column.header}</span>}
      <div className={classNames('min-w-0', labelled && 'max-sm:text-right')}>{children}</div>
    </td>
  );
}
