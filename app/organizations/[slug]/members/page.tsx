import { UserPlus, Users } from 'lucide-react';
import type { Metadata } from 'next';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterChips } from '@/components/ui/filter-chips';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Tabs } from '@/components/ui/tabs';
import {
  countMembers,
  findMemberRow,
  listMembers,
  type MemberCounts,
  type MemberRow,
} from '@/lib/organization/members';
import { roleNames } from '@/lib/policy/roles';
import { requireMembership } from '@/lib/session/current';
import { actOf } from './acts';
import { MemberPanel } from './panel';
import { type MembersAddress, memberOf, membersHref, queryOf } from './query';
import { SearchForm } from './search';
import { MembersTable } from './table';

export const metadata: Metadata = { title: 'Members' };

const chipWords = { owner: 'Owners', admin: 'Admins', member: 'Members', guest: 'Guests' } as const;

function chipsOf(
  slug: string,
  counts: MemberCounts,
  now: { role?: string; state?: string; search?: string },
) {
  const { role, state, search } = now;
  const chip = (label: string, count: number, chosen: { role?: string; state?: string }) => {
    const current = chosen.role === role && chosen.state === state;
    return { label, count, current, href: membersHref(slug, current ? { search } : { ...chosen, search }) };
  };
  return [
    ...roleNames.map((name) => chip(chipWords[name], counts[name], { role: name })),
    chip('Suspended', counts.suspended, { state: 'suspended' }),
  ];
}

type PageProps = {
  readonly params: Promise<{ readonly slug: string }>;
  readonly searchParams: Promise<MembersAddress>;
};

export default async function MembersPage({ params, searchParams }: PageProps) {
  const { slug } = await params;
  const { session, membership } = await requireMembership(slug, 'admin');
  const address = await searchParams;
  const query = queryOf(address);
  const organizationId = membership.organizationId;
  const [page, counts] = await Promise.all([
    listMembers(organizationId, query),
    countMembers(organizationId),
  ]);
  const kept = { role: query.role, state: query.suspended ? 'suspended' : undefined, search: query.search };
  const actorOf = (member: MemberRow) => ({
    role: membership.role,
    isTarget: member.accountId === session.accountId,
  });
  const [act, memberId] = [actOf(address.act), memberOf(address)];
  const chosen = act && memberId ? await findMemberRow(organizationId, memberId) : null;
  return (
    <>
      <PageHeader
        title="Members"
        description={`Who belongs to ${membership.name}, and how each of them signs in.`}
        actions={
          <LinkButton
            href={`/organizations/${slug}/members/invitations`}
            look="primary"
            icon={<UserPlus aria-hidden />}
          >
            Invite
          </LinkButton>
        }
      />
      {act && chosen && (
        <MemberPanel
          slug={slug}
          member={chosen}
          act={act}
          actor={actorOf(chosen)}
          closeHref={membersHref(slug, kept)}
        />
      )}
      <Tabs label="Members" tabs={memberTabs(slug, counts.all)} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <FilterChips label="Filter" chips={chipsOf(slug, counts, compact(kept))} />
        <SearchForm
          action={`/organizations/${slug}/members`}
          search={query.search}
          kept={{ role: kept.role, state: kept.state }}
          label="Search name or email"
        />
      </div>
      <Card flush>
        {page.rows.length === 0 ? (
          <EmptyState
            icon={<Users aria-hidden />}
            title="Nobody here fits"
            action={<LinkButton href={`/organizations/${slug}/members`}>Show everybody</LinkButton>}
          >
            <p>Take a filter off, or search for something else.</p>
          </EmptyState>
        ) : (
          <MembersTable
            rows={page.rows}
            actorOf={actorOf}
            hrefOf={(member, name) => membersHref(slug, { ...kept, act: name, member: member.id })}
            needed={membership.secondFactorRule?.minimumStrength ?? 0}
            now={session.now}
          />
        )}
      </Card>
      <Pagination
        previous={query.after ? membersHref(slug, kept) : undefined}
        next={
          page.next
            ? membersHref(slug, { ...kept, after_name: page.next.name, after: page.next.id })
            : undefined
        }
        range={`${page.rows.length} of ${page.total}`}
      />
    </>
  );
}

/** Leaves out what is undefined. */
const compact = (kept: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(kept).flatMap(([name, value]) => (value ? [[name, value]] : [])));

const memberTabs = (slug: string, count: number) => [
  { href: `/organizations/${slug}/members`, label: 'Members', count },
  { href: `/organizations/${slug}/members/invitations`, label: 'Invitations' },
];
