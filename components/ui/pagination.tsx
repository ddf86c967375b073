import { ChevronLeft, ChevronRight } from 'lucide-react';
import { LinkButton } from './link-button';

type PaginationProps = {
  readonly previous?: string | undefined;
  readonly next?: string | undefined;
  /** "1–50 of 312" */
  readonly range?: string | undefined;
};

export function Pagination({ previous, next, range }: PaginationProps) {
  if (!previous && !next) return null;
  return (
    <nav aria-label="Pages" className="flex items-center justify-between gap-3">
      <span className="text-muted text-xs tabular-nums">{range}</span>
      <span className="flex gap-2">
        {previous && (
          <LinkButton href={previous} size="small" icon={<ChevronLeft aria-hidden />}>
            Previous
          </LinkButton>
        )}
        {next && (
          <LinkButton href={next} size="small">
            Next
            <ChevronRight aria-hidden />
          </LinkButton>
        )}
      </span>
    </nav>
  );
}
