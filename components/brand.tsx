import { classNames } from './ui/class-names';

type BrandProps = {
  readonly className?: string | undefined;
  /** On phones the picture alone; the name stays for those who hear it. */
  readonly compact?: boolean | undefined;
};

/** The sign over the door: an arch with its bars, and the name. */
export function Brand({ className, compact }: BrandProps) {
  return (
    <span
      className={classNames('inline-flex items-center gap-2 font-semibold text-sm tracking-tight', className)}
    >
      <svg
        aria-hidden="true"
        viewBox="0 0 24 24"
        className="size-5 shrink-0"
        fill="none"
        stroke="currentColor"
      >
        <path d="M4 21V11a8 8 0 0 1 16 0v10" strokeWidth="2.25" strokeLinecap="round" />
        <path d="M9.33 11v10M12 9.5V21M14.67 11v10" strokeWidth="1.5" strokeLinecap="round" />
      </svg>
      <span className={compact ? 'max-sm:sr-only' : undefined}>Gatehouse</span>
    </span>
  );
}
