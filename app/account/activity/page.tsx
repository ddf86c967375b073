import { Activity as ActivityIcon } from 'lucide-react';
import type { Metadata } from 'next';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { listActivity } from '@/lib/account/activity';
import { requireSession } from '@/lib/session/current';
import { Timeline } from './timeline';

export const metadata: Metadata = { title: 'Activity' };

type ActivityPageProps = { readonly searchParams: Promise<{ readonly before?: string | string[] }> };

function sequenceOf(before: string | string[] | undefined): number | null {
  const sequence = Number(before);
  return Number.isSafeInteger(sequence) && sequence > 0 ? sequence : null;
}

export default async function ActivityPage({ searchParams }: ActivityPageProps) {
  const session = await requireSession();
  const before = sequenceOf((await searchParams).before);
  const { items, next } = await listActivity(session.accountId, before);
  return (
    <>
      <PageHeader
        title="Activity"
        description="Sign-ins and changes to how you sign in. If one of them was not you, say so."
      />
      <Card>
        {items.length === 0 ? (
          <EmptyState icon={<ActivityIcon aria-hidden />} title="Nothing here">
            {before === null
              ? 'Sign-ins and changes will stand here as they happen.'
              : 'Nothing older is kept.'}
          </EmptyState>
        ) : (
          <Timeline items={items} now={session.now} />
        )}
      </Card>
      <Pagination
        previous={before === null ? undefined : '/account/activity'}
        next={next === null ? undefined : `/account/activity?before=${next}`}
      />
    </>
  );
}
