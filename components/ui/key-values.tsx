import type { ReactNode } from 'react';

export type KeyValue = { readonly label: string; readonly value: ReactNode; readonly action?: ReactNode };

export function KeyValues({ items }: { readonly items: readonly KeyValue[] }) {
  return (
    <dl className="flex flex-col divide-y divide-line">
      {items.map((item) => (
        <div
          key={item.label}
          className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1 py-3 first:pt-0 last:pb-0 sm:grid-cols-[11rem_1fr_auto]"
        >
          <dt className="text-muted max-sm:text-xs">{item.label}</dt>
          <dd className="min-w-0 max-sm:row-start-2">{item.value}</dd>
          {item.action && <dd className="max-sm:row-span-2 max-sm:row-start-1">{item.action}</dd>}
        </div>
      ))}
    </dl>
  );
}
