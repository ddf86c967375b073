import { ScrollText } from 'lucide-react';
import type { Metadata } from 'next';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterChips } from '@/components/ui/filter-chips';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { countAudit, listAudit } from '@/lib/organization/audit-log';
import { requireMembership } from '@/lib/session/current';
import { SearchForm } from '../members/search';
import { ExportForm, VerifyForm } from './form';
import { AuditTable } from './row';
import { AuditTabs } from './tabs';
import { subjectWord } from './words';

export const metadata: Metadata = { title: 'Audit log' };

type Address = Readonly<Record<string, string | readonly string[] | undefined>>;
type PageProps = {
  readonly params: Promise<{ readonly slug: string }>;
  readonly searchParams: Promise<Address>;
};
type Kept = { readonly subject?: string | undefined; readonly search?: string | undefined };

const text = (value: Address[string]) =>
  typeof value === 'string' && value !== '' ? value.slice(0, 100) : undefined;

function hrefOf(slug: string, kept: Kept & { readonly before?: number }): string {
  const entries = Object.entries(kept).flatMap(([name, value]) => (value ? [[name, String(value)]] : []));
  const query = new URLSearchParams(entries).toString();
  return `/organizations/${slug}/audit${query ? `?${query}` : ''}`;
}

function beforeOf(value: Address[string]): number | undefined {
  const sequence = Number(value);
  return Number.isSafeInteger(sequence) && sequence > 0 ? sequence : undefined;
}

export default async function AuditPage({ params, searchParams }: PageProps) {
  const { slug } = await params;
  const { session, membership } = await requireMembership(slug, 'admin');
  const address = await searchParams;
  const [subject, search, before] = [text(address.subject), text(address.search), beforeOf(address.before)];
  const { organizationId } = membership;
  const [page, counts] = await Promise.all([
    listAudit(organizationId, {
      ...(subject ? { subjects: [subject] } : {}),
      ...(search ? { search } : {}),
      ...(before ? { before } : {}),
    }),
    countAudit(organizationId),
  ]);
  const chips = [...counts].map(([name, count]) => ({
    label: subjectWord(name),
    count,
    current: name === subject,
    href: hrefOf(slug, { subject: name === subject ? undefined : name, search }),
  }));
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Every change in this organization, in the order it happened. Each row carries the hash of the one before, so that none can be changed or left out unseen."
        actions={
          <>
            <VerifyForm slug={slug} />
            <ExportForm slug={slug} />
          </>
        }
      />
      <AuditTabs slug={slug} isOwner={membership.role === 'owner'} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <FilterChips label="Filter" chips={chips} />
        <SearchForm
          action={`/organizations/${slug}/audit`}
          search={search}
          kept={{ subject }}
          label="Search the log"
        />
      </div>
      <Card flush>
        {page.rows.length === 0 ? (
          <EmptyState
            icon={<ScrollText aria-hidden />}
            title="Nothing here fits"
            action={<LinkButton href={hrefOf(slug, {})}>Show everything</LinkButton>}
          >
            <p>Take a filter off, or search for something else.</p>
          </EmptyState>
        ) : (
          <AuditTable rows={page.rows} now={session.now} />
        )}
      </Card>
      <Pagination
        previous={before ? hrefOf(slug, { subject, search }) : undefined}
        next={page.next === null ? undefined : hrefOf(slug, { subject, search, before: page.next })}
      />
    </>
  );
}
