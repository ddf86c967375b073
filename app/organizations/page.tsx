import { Building2, Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { Shell } from '@/app/shell';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { Moment } from '@/components/ui/moment';
import { PageHeader } from '@/components/ui/page-header';
import { requireSession } from '@/lib/session/current';
import type { MembershipRow } from '@/lib/session/layers';
import { planWords, roleWords } from './words';

export const metadata: Metadata = { title: 'Organizations' };

function OrganizationCard({ membership, now }: { readonly membership: MembershipRow; readonly now: number }) {
  const { slug, name, plan, role, joinedAt, suspendedAt } = membership;
  return (
    <Card
      title={name}
      description={
        <>
          {roleWords[role]} since <Moment at={joinedAt} now={now} />
        </>
      }
      aside={
        suspendedAt === null ? (
          <div className="flex flex-wrap items-center gap-3">
            <Badge>{planWords[plan]}</Badge>
            <LinkButton href={`/organizations/${slug}`} size="small">
              Open<span className="sr-only"> {name}</span>
            </LinkButton>
          </div>
        ) : (
          <Badge tone="warn">Suspended</Badge>
        )
      }
    >
      {suspendedAt !== null && (
        <p className="text-muted">
          Your access is suspended. An owner or admin of {name} can lift this and tell you why.
        </p>
      )}
    </Card>
  );
}

export default async function OrganizationsPage() {
  const session = await requireSession();
  const create = (
    <LinkButton href="/organizations/new" look="primary" icon={<Plus aria-hidden />}>
      Create organization
    </LinkButton>
  );
  return (
    <Shell session={session}>
      <PageHeader
        title="Organizations"
        description="Where you are a member. Each decides how its people sign in."
        actions={session.memberships.length > 0 ? create : undefined}
      />
      {session.memberships.map((membership) => (
        <OrganizationCard key={membership.slug} membership={membership} now={session.now} />
      ))}
      {session.memberships.length === 0 && (
        <Card>
          <EmptyState icon={<Building2 aria-hidden />} title="You are in no organization yet" action={create}>
            <p>Create one, or open the invitation that somebody mailed you.</p>
          </EmptyState>
        </Card>
      )}
    </Shell>
  );
}
