import type { ReactNode } from 'react';
import { classNames } from './class-names';

type CardProps = {
  readonly title?: ReactNode;
  readonly description?: ReactNode;
  /** Buttons or a badge at the right of the title. */
  readonly aside?: ReactNode;
  readonly footer?: ReactNode;
  /** `flush` lets a table or list reach the edges. */
  readonly flush?: boolean | undefined;
  readonly id?: string | undefined;
  readonly className?: string | undefined;
  readonly children?: ReactNode;
};

export function Card({ title, description, aside, footer, flush, id, className, children }: CardProps) {
  return (
    <section
      id={id}
      className={classNames('min-w-0 overflow-clip rounded-md border border-line bg-surface', className)}
    >
      {(title || description || aside) && (
        <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3 px-4 pt-4 last:pb-4 sm:px-5 sm:pt-5 sm:last:pb-5">
          <div className="flex min-w-0 max-w-prose flex-col gap-1 sm:flex-1 sm:basis-80">
            {title && <h2 className="wrap-anywhere font-semibold text-base">{title}</h2>}
            {description && <div className="wrap-anywhere text-muted">{description}</div>}
          </div>
          {aside}
        </header>
      )}
      {children && <div className={flush ? 'mt-4 first:mt-0' : 'p-4 sm:p-5'}>{children}</div>}
      {footer && (
        <footer className="flex flex-wrap items-center justify-between gap-3 border-line border-t bg-sunken/50 px-4 py-3 sm:px-5">
          {footer}
        </footer>
      )}
    </section>
  );
}
