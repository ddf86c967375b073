'use client';

import { MoreHorizontal } from 'lucide-react';
import Link from 'next/link';
import { type KeyboardEvent, type ReactNode, type ToggleEvent, useId, useRef } from 'react';
import { buttonClass } from './button';
import { classNames } from './class-names';

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

const steps: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/**
 * Further actions as links. The browser itself opens, places and closes the panel, so the menu works before
 * JavaScript, and no edge of a table cuts it off; JavaScript adds the arrow keys.
 */
export function Menu({ label, text, entries }: MenuProps) {
  const panel = useRef<HTMLDivElement>(null);
  const panelId = useId();
  const links = () => [...(panel.current?.querySelectorAll('a') ?? [])];
  const move = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const all = links();
    const at = all.findIndex((link) => link === document.activeElement);
    all[step(at, all.length)]?.focus();
  };
  const focusFirst = (event: ToggleEvent) => {
    if (event.newState === 'open') links()[0]?.focus();
  };
  return (
    <>
      <button
        type="button"
        aria-label={label}
        aria-haspopup="menu"
        popoverTarget={panelId}
        className={buttonClass(text ? 'secondary' : 'quiet', 'small')}
      >
        {text ?? <MoreHorizontal aria-hidden />}
      </button>
      <div
        ref={panel}
        id={panelId}
        popover="auto"
        role="menu"
        aria-label={label}
        tabIndex={-1}
        onKeyDown={move}
        onToggle={focusFirst}
        className="anchored min-w-52 rounded-md border border-edge bg-surface p-1 text-ink"
      >
        {entries.map((entry) => (
          <Link
            key={entry.href}
            href={entry.href}
            role="menuitem"
            prefetch={false}
            scroll={false}
            onClick={() => panel.current?.hidePopover()}
            className={classNames(
              'control flex items-center gap-2.5 whitespace-nowrap rounded-sm px-2.5 text-left text-sm',
              'hover:bg-sunken focus:bg-sunken [&_svg]:size-4',
              entry.danger && 'text-bad',
            )}
          >
            {entry.icon}
            {entry.label}
          </Link>
        ))}
      </div>
    </>
  );
}
