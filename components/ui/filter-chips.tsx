import { Check } from 'lucide-react';
import Link from 'next/link';
import { classNames } from './class-names';

export type FilterChip = {
  readonly href: string;
  readonly label: string;
  readonly count?: number | undefined;
  readonly current: boolean;
};

/** Filters are links; the current one is ticked, and its link takes it off again. */
export function FilterChips({
  chips,
  label,
}: {
  readonly chips: readonly FilterChip[];
  readonly label: string;
}) {
  return (
    <nav aria-label={label}>
      <ul className="flex flex-wrap gap-2">
        {chips.map((chip) => (
          <li key={chip.label}>
            <Link
              href={chip.href}
              prefetch={false}
              scroll={false}
              aria-current={chip.current ? 'true' : undefined}
              className={classNames(
                'inline-flex min-h-8 touch:min-h-11 items-center gap-1.5 rounded-full border px-3 text-xs',
                chip.current
                  ? 'border-accent bg-accent-soft font-medium text-accent'
                  : 'border-edge bg-surface text-ink hover:bg-sunken',
              )}
            >
              {chip.current && <Check aria-hidden className="size-3.5" />}
              {chip.label}
              {chip.count !== undefined && <span className="tabular-nums opacity-80">{chip.count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
