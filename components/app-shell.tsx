import { Bell, Menu } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { AccountMenu } from './account-menu';
import { Brand } from './brand';
import { Disclosure } from './disclosure';
import { type OrganizationLink, OrganizationSwitcher } from './organization-switcher';
import { Count, type PlaceGroup, PlaceList } from './place-list';
import { classNames } from './ui/class-names';

type AppShellProps = {
  readonly organizations: readonly OrganizationLink[];
  readonly groups: readonly PlaceGroup[];
  readonly person: { readonly name: string; readonly email: string };
  readonly accountLinks?: readonly { readonly href: string; readonly label: string }[] | undefined;
  /** A form with one button "Sign out". */
  readonly signOut: ReactNode;
  readonly unread?: number | undefined;
  /** Sentences for the whole place: an impending deadline, a claim at risk. */
  readonly callouts?: ReactNode;
  /** 1120 px for tables instead of 720 px for forms. */
  readonly wide?: boolean | undefined;
  readonly children: ReactNode;
};

const defaultAccountLinks = [
  { href: '/account', label: 'Account security' },
  { href: '/account/sessions', label: 'Sessions' },
  { href: '/notices', label: 'Notices' },
];

/** Where a signed-in person is, can go, and can leave. */
export function AppShell(props: AppShellProps) {
  const { organizations, groups, person, accountLinks, signOut, unread, callouts, wide, children } = props;
  return (
    <div className="grid min-h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_1fr] lg:grid-cols-[15rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only z-30 rounded-md bg-ink px-4 py-3 font-medium text-canvas focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <header className="sticky top-0 z-10 flex items-center gap-2 border-line border-b bg-canvas px-4 py-2 max-sm:gap-1 max-sm:px-3 lg:col-span-2">
        <PhoneMenu groups={groups} />
        <Link
          href="/account"
          prefetch={false}
          className="control inline-flex shrink-0 items-center rounded-md px-1"
        >
          <Brand compact />
        </Link>
        <span aria-hidden className="mx-1 h-5 border-line border-l max-sm:hidden" />
        <div className="min-w-0 grow sm:max-w-60">
          <OrganizationSwitcher organizations={organizations} />
        </div>
        <div className="sm:grow" />
        <UnreadLink unread={unread ?? 0} />
        <AccountMenu {...person} links={accountLinks ?? defaultAccountLinks} signOut={signOut} />
      </header>
      <aside className="hidden border-line border-r lg:block">
        <div className="sticky top-14 max-h-[calc(100dvh-3.5rem)] overflow-y-auto p-3 pt-5">
          <PlaceList groups={groups} label="Places" />
        </div>
      </aside>
      <main id="main" tabIndex={-1} className="min-w-0 px-4 py-6 outline-none sm:px-8 sm:py-8">
        <div className="mx-auto w-full max-w-wide">
          <div className={classNames('flex flex-col gap-6', !wide && 'max-w-form')}>
            {callouts}
            {children}
          </div>
        </div>
      </main>
    </div>
  );
}

function PhoneMenu({ groups }: Pick<AppShellProps, 'groups'>) {
  return (
    <Disclosure
      className="-ml-2 lg:hidden"
      label="Menu"
      summaryClassName="control flex items-center gap-2 rounded-md px-2.5 text-sm hover:bg-sunken"
      summary={<Menu aria-hidden className="size-5" />}
    >
      <div className="absolute inset-x-0 top-full flex max-h-[calc(100dvh-3.5rem)] flex-col gap-5 overflow-y-auto border-line border-b bg-canvas p-4">
        <PlaceList groups={groups} label="Places" />
      </div>
    </Disclosure>
  );
}

function UnreadLink({ unread }: { readonly unread: number }) {
  return (
    <Link
      href="/notices"
      prefetch={false}
      aria-label={unread > 0 ? `Notices, ${unread} unread` : 'Notices'}
      className="control inline-flex items-center gap-1.5 rounded-md px-2 text-sm hover:bg-sunken"
    >
      <Bell aria-hidden className="size-4.5 text-muted" />
      <span className="max-sm:sr-only">Notices</span>
      {unread > 0 && <Count value={unread} />}
    </Link>
  );
}
