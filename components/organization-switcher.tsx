import { Building2, Check, ChevronsUpDown, Plus } from 'lucide-react';
import Link from 'next/link';
import { Disclosure } from './disclosure';
import { classNames } from './ui/class-names';

export type OrganizationLink = {
  readonly href: string;
  readonly name: string;
  /** The plan or the role, in a word. */
  readonly note?: string | undefined;
  readonly current: boolean;
};

const rowClass = 'control flex items-center gap-2.5 rounded-md px-2.5 text-sm hover:bg-sunken';

/** A menu of links, so it works without JavaScript. */
export function OrganizationSwitcher({
  organizations,
}: {
  readonly organizations: readonly OrganizationLink[];
}) {
  const current = organizations.find((organization) => organization.current);
  return (
    <Disclosure
      className="relative"
      label={`Organization: ${current?.name ?? 'choose one'}`}
      summaryClassName="control flex items-center gap-2.5 rounded-md border border-edge bg-surface px-2.5 text-sm hover:bg-sunken"
      summary={
        <>
          <Building2 aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="min-w-0 grow truncate font-medium">{current?.name ?? 'Organization'}</span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
        </>
      }
    >
      <div className="absolute left-0 top-full z-20 mt-1 flex w-64 max-w-[calc(100vw-1.5rem)] flex-col gap-0.5 rounded-md border border-edge bg-surface p-1">
        <ul className="flex max-h-80 flex-col gap-0.5 overflow-y-auto">
          {organizations.map((organization) => (
            <li key={organization.href}>
              <Link
                href={organization.href}
                prefetch={false}
                aria-current={organization.current ? 'true' : undefined}
                className={rowClass}
              >
                <Check
                  aria-hidden
                  className={classNames('size-4 shrink-0', !organization.current && 'invisible')}
                />
                <span className="min-w-0 grow truncate">{organization.name}</span>
                {organization.note && (
                  <span className="shrink-0 text-muted text-xs">{organization.note}</span>
                )}
              </Link>
            </li>
          ))}
        </ul>
        <Link
          href="/organizations/new"
          prefetch={false}
          className={classNames(rowClass, 'border-line border-t')}
        >
          <Plus aria-hidden className="size-4 shrink-0 text-muted" />
          Create organization
        </Link>
      </div>
    </Disclosure>
  );
}
