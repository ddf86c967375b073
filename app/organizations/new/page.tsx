import type { Metadata } from 'next';
import { Shell } from '@/app/shell';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { requireSession } from '@/lib/session/current';
import { NewOrganizationForm } from './form';

export const metadata: Metadata = { title: 'Create organization' };

export default async function NewOrganizationPage() {
  const session = await requireSession();
  return (
    <Shell session={session}>
      <PageHeader
        title="Create organization"
        description="You become its owner. It begins on the Free plan, with nobody in it but you."
        back={{ href: '/organizations', label: 'Organizations' }}
      />
      <Card>
        <NewOrganizationForm />
      </Card>
    </Shell>
  );
}
