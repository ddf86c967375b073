import { classNames } from './class-names';

/** Holds the place of what is being loaded; give it the size of what will come. */
export function Skeleton({ className }: { readonly className?: string | undefined }) {
  return <div aria-hidden className={classNames('h-4 animate-pulse rounded-sm bg-line', className)} />;
}

/** A page being loaded: nothing for a moment, then the word as well. */
export function PageSkeleton({ rows = 4 }: { readonly rows?: number | undefined }) {
  const lines = Array.from({ length: rows }, (_, index) => `line-${index}`);
  return (
    <div role="status" className="flex flex-col gap-6">
      <Skeleton className="h-8 w-56" />
      <div className="flex flex-col gap-5 rounded-md border border-line bg-surface p-5">
        {lines.map((line) => (
          <div key={line} className="flex flex-col gap-2">
            <Skeleton className="w-40" />
            <Skeleton className="w-full" />
          </div>
        ))}
      </div>
      <p className="late-word text-muted text-sm">Loading</p>
    </div>
  );
}
