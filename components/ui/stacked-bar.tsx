import Link from 'next/link';
import { classNames } from './class-names';
import type { Tone } from './state';
import { ToneIcon } from './tone-icon';

export type BarPart = {
  readonly label: string;
  readonly count: number;
  readonly tone: Tone;
  /** Filters the table below. */
  readonly href?: string | undefined;
  readonly current?: boolean | undefined;
};

const fills: Record<Tone, string> = {
  neutral: 'fill-edge',
  ok: 'fill-ok-bar',
  warn: 'fill-warn-bar',
  bad: 'fill-bad-bar',
};
const texts: Record<Tone, string> = {
  neutral: 'text-muted',
  ok: 'text-ok',
  warn: 'text-warn',
  bad: 'text-bad',
};

/** Shares of one whole as one bar; the same numbers stand below as words and lead to their part. */
export function StackedBar({ parts, label }: { readonly parts: readonly BarPart[]; readonly label: string }) {
  const total = parts.reduce((sum, part) => sum + part.count, 0);
  const drawn = parts.filter((part) => part.count > 0);
  const starts = drawn.map((_, index) => drawn.slice(0, index).reduce((sum, part) => sum + part.count, 0));
  const percent = (count: number) => `${((count / Math.max(total, 1)) * 100).toFixed(3)}%`;
  return (
    <div className="flex flex-col gap-3">
      <svg aria-hidden="true" width="100%" height="12" className="block rounded-sm bg-line">
        {drawn.map((part, index) => (
          <rect
            key={part.label}
            x={percent(starts[index] ?? 0)}
            width={percent(part.count)}
            height="12"
            strokeWidth="2"
            className={classNames(fills[part.tone], 'stroke-surface')}
          />
        ))}
      </svg>
      <ul aria-label={label} className="flex flex-wrap gap-x-5 gap-y-1">
        {parts.map((part) => (
          <li key={part.label} className="flex items-center">
            <BarLegend part={part} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function BarLegend({ part }: { readonly part: BarPart }) {
  const words = (
    <>
      <ToneIcon tone={part.tone} className={classNames('size-4 shrink-0', texts[part.tone])} />
      <span className="font-medium tabular-nums">{part.count}</span>
      <span>{part.label}</span>
    </>
  );
  const rowClass = 'inline-flex min-h-7 touch:min-h-11 items-center gap-1.5';
  if (!part.href) return <span className={rowClass}>{words}</span>;
  return (
    <Link
      href={part.href}
      prefetch={false}
      scroll={false}
      aria-current={part.current ? 'true' : undefined}
      className={classNames(
        rowClass,
        'link',
        part.current ? 'font-semibold' : 'no-underline hover:underline',
      )}
    >
      {words}
    </Link>
  );
}
