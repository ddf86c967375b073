import { Mail } from 'lucide-react';
import type { Metadata } from 'next';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { type Column, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Moment } from '@/components/ui/moment';
import { PageHeader } from '@/components/ui/page-header';
import { Tabs } from '@/components/ui/tabs';
import { type InvitationRow, listInvitations } from '@/lib/organization/invitations';
import { rolesToGive } from '@/lib/policy/roles';
import { requireMembership } from '@/lib/session/current';
import { roleWords } from '../../../words';
import { InviteForm, TakeBackForm } from './form';

export const metadata: Metadata = { title: 'Invitations' };

const columnsOf = (slug: string, now: number): readonly Column<InvitationRow>[] => [
  {
    key: 'email',
    header: 'Email',
    lead: true,
    cell: (row) => <span className="break-all">{row.email}</span>,
  },
  { key: 'role', header: 'Role', cell: (row) => roleWords[row.role] },
  { key: 'by', header: 'Invited by', cell: (row) => row.invitedBy ?? 'A former member' },
  {
    key: 'until',
    header: 'Open until',
    cell: (row) =>
      row.expired ? <Badge tone="warn">Expired</Badge> : <Moment at={row.expiresAt} now={now} />,
  },
  {
    key: 'actions',
    header: 'Actions',
    headerHidden: true,
    align: 'end',
    cell: (row) => <TakeBackForm slug={slug} id={row.id} />,
  },
];

export default async function InvitationsPage({
  params,
}: {
  readonly params: Promise<{ readonly slug: string }>;
}) {
  const { slug } = await params;
  const { session, membership } = await requireMembership(slug, 'admin');
  const rows = await listInvitations(membership.organizationId);
  const roles = rolesToGive(membership.role).map((role) => ({ value: role, label: roleWords[role] }));
  return (
    <>
      <PageHeader
        title="Invitations"
        description="People join by a link that is mailed to them. It works once, for seven days, for that address only."
      />
      <Tabs
        label="Members"
        tabs={[
          { href: `/organizations/${slug}/members`, label: 'Members' },
          { href: `/organizations/${slug}/members/invitations`, label: 'Invitations', count: rows.length },
        ]}
      />
      <Card title="Invite people" className="max-w-form">
        <InviteForm slug={slug} roles={roles} />
      </Card>
      <Card title="Open invitations" flush>
        <DataTable
          caption="Open invitations"
          columns={columnsOf(slug, session.now)}
          rows={rows}
          rowKey={(row) => row.id}
          empty={
            <EmptyState icon={<Mail aria-hidden />} title="No open invitations">
              <p>Whoever you invite stands here until they join. Inviting again replaces the earlier link.</p>
            </EmptyState>
          }
        />
      </Card>
    </>
  );
}
