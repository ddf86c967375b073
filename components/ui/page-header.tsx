import Link from 'next/link';
import type { ReactNode } from 'react';
import { Unbroken } from './unbroken';

type PageHeaderProps = {
  readonly title: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  readonly back?: { readonly href: string; readonly label: string } | undefined;
};

export function PageHeader({ title, description, actions, back }: PageHeaderProps) {
  return (
    <header className="flex flex-col gap-2">
      {back && (
        <Link
          href={back.href}
          prefetch={false}
          className="link inline-flex touch:min-h-11 items-center self-start text-muted text-sm"
        >
          <span aria-hidden>←&nbsp;</span>
          {back.label}
        </Link>
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="flex min-w-0 max-w-prose flex-col gap-1.5">
          <h1 className="font-semibold text-lg wrap-anywhere tracking-tight sm:text-xl">
            <Unbroken>{title}</Unbroken>
          </h1>
          {description && <div className="wrap-anywhere text-muted">{description}</div>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
    </header>
  );
}
