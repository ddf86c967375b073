'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { classNames } from './ui/class-names';

export type Place = {
  readonly href: string;
  readonly label: string;
  readonly icon: ReactNode;
  /** Shown beside the word, as for notices not yet read. */
  readonly count?: number | undefined;
};

export type PlaceGroup = { readonly label?: string | undefined; readonly places: readonly Place[] };

/** The place whose address is the longest beginning of the current one. */
function currentHref(groups: readonly PlaceGroup[], pathname: string): string | undefined {
  const matches = groups
    .flatMap((group) => group.places.map((place) => place.href))
    .filter((href) => pathname === href || pathname.startsWith(`${href}/`));
  return matches.sort((a, b) => b.length - a.length)[0];
}

export function PlaceList({
  groups,
  label,
}: {
  readonly groups: readonly PlaceGroup[];
  readonly label: string;
}) {
  const current = currentHref(groups, usePathname());
  return (
    <nav aria-label={label} className="flex flex-col gap-5">
      {groups.map((group) => (
        <div key={group.label ?? group.places[0]?.href} className="flex flex-col gap-1">
          {group.label && <p className="px-2.5 pb-1 font-medium text-muted text-xs">{group.label}</p>}
          <ul className="flex flex-col gap-0.5">
            {group.places.map((place) => (
              <li key={place.href}>
                <PlaceLink place={place} current={place.href === current} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function PlaceLink({ place, current }: { readonly place: Place; readonly current: boolean }) {
  return (
    <Link
      href={place.href}
      prefetch={false}
      aria-current={current ? 'page' : undefined}
      className={classNames(
        'control flex items-center gap-2.5 rounded-md px-2.5 text-sm [&_svg]:size-4 [&_svg]:shrink-0',
        current ? 'bg-accent-soft font-medium text-accent' : 'text-ink hover:bg-sunken [&_svg]:text-muted',
      )}
    >
      {place.icon}
      <span className="min-w-0 grow truncate">{place.label}</span>
      {place.count ? <Count value={place.count} /> : null}
    </Link>
  );
}

export function Count({ value }: { readonly value: number }) {
  return (
    <span className="min-w-5 rounded-full bg-ink px-1.5 text-center font-medium text-canvas text-xs tabular-nums">
      {value > 99 ? '99+' : value}
    </span>
  );
}
