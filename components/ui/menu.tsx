'use client';

import { Menu as Base } from '@base-ui/react/menu';
import { MoreHorizontal } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { buttonClass } from './button';
import { classNames } from './class-names';
import { useClock } from './clock';

export type MenuEntry = {
  readonly href: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly danger?: boolean | undefined;
};

type MenuProps = {
  /** The accessible name of the button: "Actions for Ana Lopes". */
  readonly label: string;
  /** The words on the button; three dots without them. */
  readonly text?: string | undefined;
  readonly entries: readonly MenuEntry[];
};

const panelClass = 'min-w-52 rounded-md border border-edge bg-surface p-1 text-ink outline-none';

function entryClass(entry: MenuEntry): string {
  return classNames(
    'control flex items-center gap-2.5 whitespace-nowrap rounded-sm px-2.5 text-left text-sm outline-none [&_svg]:size-4',
    'hover:bg-sunken data-highlighted:bg-sunken',
    entry.danger && 'text-bad',
  );
}

/** Further actions as links. Before JavaScript it is a panel that opens in place, after it a menu with arrow keys. */
export function Menu({ label, text, entries }: MenuProps) {
  const enhanced = useClock('half-minute') !== undefined;
  const face = text ?? <MoreHorizontal aria-hidden />;
  const faceClass = buttonClass(text ? 'secondary' : 'quiet', 'small');
  if (!enhanced) {
    return (
      <details className="relative inline-block">
        <summary aria-label={label} className={faceClass}>
          {face}
        </summary>
        <ul className={classNames(panelClass, 'absolute right-0 z-20 mt-1')}>
          {entries.map((entry) => (
            <li key={entry.href}>
              <a href={entry.href} className={entryClass(entry)}>
                {entry.icon}
                {entry.label}
              </a>
            </li>
          ))}
        </ul>
      </details>
    );
  }
  return (
    <Base.Root modal={false}>
      <Base.Trigger aria-label={label} className={faceClass}>
        {face}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner align="end" sideOffset={4} className="z-30 outline-none">
          <Base.Popup className={panelClass}>
            {entries.map((entry) => (
              <Base.LinkItem
                key={entry.href}
                closeOnClick
                className={entryClass(entry)}
                render={<Link href={entry.href} prefetch={false} scroll={false} />}
              >
                {entry.icon}
                {entry.label}
              </Base.LinkItem>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
