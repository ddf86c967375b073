'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { classNames } from './class-names';

export type Tab = { readonly href: string; readonly label: string; readonly count?: number | undefined };

/** Tabs are links: each has an address, works with Back, and needs no JavaScript. */
export function Tabs({ tabs, label }: { readonly tabs: readonly Tab[]; readonly label: string }) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className="-mx-4 overflow-x-auto px-4 sm:mx-0 sm:px-0">
      <ul className="flex min-w-max gap-5 border-line border-b">
        {tabs.map((tab) => {
          const current = tab.href.split('?')[0] === pathname;
          return (
            <li key={tab.href}>
              <Link
                href={tab.href}
                prefetch={false}
                aria-current={current ? 'page' : undefined}
                className={classNames(
                  'control -mb-px flex items-center gap-1.5 border-b-2 text-sm',
                  current
                    ? 'border-accent font-medium text-ink'
                    : 'border-transparent text-muted hover:border-edge hover:text-ink',
                )}
              >
                {tab.label}
                {tab.count !== undefined && (
                  <span className="text-muted text-xs tabular-nums">{tab.count}</span>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
