import { UserRoundCheck } from 'lucide-react';
import type { Metadata } from 'next';
import { activityText } from '@/app/account/activity/words';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { type Column, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Moment } from '@/components/ui/moment';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import {
  type ActivityCursor,
  listManagedActivity,
  type ManagedActivity,
} from '@/lib/organization/managed-activity';
import { requireMembership } from '@/lib/session/current';
import { SearchForm } from '../../members/search';
import { AuditTabs } from '../tabs';

export const metadata: Metadata = { title: 'Audit log of managed accounts' };

type Address = Readonly<Record<string, string | readonly string[] | undefined>>;
type PageProps = {
  readonly params: Promise<{ readonly slug: string }>;
  readonly searchParams: Promise<Address>;
};

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `<epoch ms>_<id>`; whatever else stands there begins at the newest. */
function cursorOf(value: Address[string]): ActivityCursor | undefined {
  const [at = '', id = ''] = typeof value === 'string' ? value.split('_') : [];
  return /^\d{12,14}$/.test(at) && uuid.test(id) ? { at: Number(at), id } : undefined;
}

const columnsOf = (now: number): readonly Column<ManagedActivity>[] => [
  {
    key: 'what',
    header: 'What',
    lead: true,
    cell: (row) => (
      <span className="flex flex-col gap-0.5">
        <span className="flex flex-wrap items-center gap-2 font-medium">
          {activityText(row)}
          {row.result !== 'success' && (
            <Badge tone="warn">{row.result === 'refused' ? 'Refused' : 'Failed'}</Badge>
          )}
        </span>
        {row.reason !== null && <span className="text-xs">Reason: {row.reason.replaceAll('_', ' ')}</span>}
      </span>
    ),
  },
  {
    key: 'person',
    header: 'Account',
    cell: (row) => (
      <>
        <span className="block">{row.person}</span>
        <span className="block break-all text-muted text-xs">{row.loginEmail}</span>
      </>
    ),
  },
  {
    key: 'from',
    header: 'From',
    cell: (row) => (
      <>
        <span className="block break-all font-mono text-xs">{row.address ?? '–'}</span>
        {row.client !== null && <span className="block text-muted text-xs">{row.client}</span>}
      </>
    ),
  },
  { key: 'when', header: 'When', cell: (row) => <Moment at={row.at} now={now} show="absolute" /> },
];

export default async function ManagedAccountsAuditPage({ params, searchParams }: PageProps) {
  const { slug } = await params;
  const { session, membership } = await requireMembership(slug, 'owner');
  const given = await searchParams;
  const search = typeof given.search === 'string' ? given.search.slice(0, 100) : undefined;
  const after = cursorOf(given.after);
  const { rows, next } = await listManagedActivity(membership.organizationId, {
    ...(after ? { after } : {}),
    ...(search ? { search } : {}),
  });
  const at = `/organizations/${slug}/audit/accounts`;
  const kept = search ? `search=${encodeURIComponent(search)}&` : '';
  return (
    <>
      <PageHeader
        title="Audit log"
        description={`Sign-ins and changes of the accounts that ${membership.name} manages, since it manages them. Other members’ accounts stay their own.`}
      />
      <AuditTabs slug={slug} isOwner />
      <SearchForm action={at} search={search} kept={{}} label="Search the log" />
      <Card flush>
        <DataTable
          caption="Events of managed accounts"
          columns={columnsOf(session.now)}
          rows={rows}
          rowKey={(row) => row.id}
          empty={
            <EmptyState icon={<UserRoundCheck aria-hidden />} title="Nothing here yet">
              <p>
                An account is managed when its domain is verified by you, or when your invitation created it.
              </p>
            </EmptyState>
          }
        />
      </Card>
      <Pagination
        previous={after ? `${at}${search ? `?search=${encodeURIComponent(search)}` : ''}` : undefined}
        next={next === null ? undefined : `${at}?${kept}after=${next.at}_${next.id}`}
      />
    </>
  );
}
