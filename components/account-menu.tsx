import { ChevronDown, CircleUser } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Disclosure } from './disclosure';

type AccountMenuProps = {
  readonly name: string;
  readonly email: string;
  readonly links: readonly { readonly href: string; readonly label: string }[];
  /** A form with one button "Sign out". */
  readonly signOut: ReactNode;
};

export function AccountMenu({ name, email, links, signOut }: AccountMenuProps) {
  return (
    <Disclosure
      className="relative"
      label={`Account: ${name}`}
      summaryClassName="control flex items-center gap-2 rounded-md px-2 text-sm hover:bg-sunken"
      summary={
        <>
          <CircleUser aria-hidden className="size-5 shrink-0 text-muted" />
          <span className="max-w-40 truncate max-sm:sr-only">{name}</span>
          <ChevronDown aria-hidden className="size-4 shrink-0 text-muted max-sm:hidden" />
        </>
      }
    >
      <div className="absolute top-full right-0 z-20 mt-1 flex w-64 flex-col gap-1 rounded-md border border-edge bg-surface p-1">
        <div className="px-2.5 py-2">
          <p className="truncate font-medium">{name}</p>
          <p className="truncate text-muted text-xs">{email}</p>
        </div>
        <ul className="border-line border-t pt-1">
          {links.map((link) => (
            <li key={link.href}>
              <Link
                href={link.href}
                prefetch={false}
                className="control flex items-center rounded-md px-2.5 text-sm hover:bg-sunken"
              >
                {link.label}
              </Link>
            </li>
          ))}
        </ul>
        <div className="border-line border-t pt-1 [&_button]:justify-start [&_button]:px-2.5 [&_button]:font-normal">
          {signOut}
        </div>
      </div>
    </Disclosure>
  );
}
