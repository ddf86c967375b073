import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Card } from '@/components/ui/card';
import { type Column, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Moment } from '@/components/ui/moment';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import type { TouchedPerson } from '@/lib/organization/policies/preview';
import { changeOf, type Intent } from '@/lib/organization/policies/review';
import { policyScreen } from '@/lib/organization/policies/screen';
import { touchedPeople } from '@/lib/organization/policies/touched';
import type { OutcomeKind } from '@/lib/policy/outcome';
import { settingOf } from '@/lib/policy/policy';
import { settingNames } from '@/lib/policy/settings';
import { requireMembership } from '@/lib/session/current';
import { outcomeLabels, reasonText } from '../../outcome-texts';
import { policyPath } from '../../texts';

export const metadata: Metadata = { title: 'People touched' };

const columns: readonly Column<TouchedPerson>[] = [
  { key: 'name', header: 'Name', cell: (person) => person.name, lead: true },
  { key: 'email', header: 'Email', cell: (person) => person.email },
  { key: 'reason', header: 'Reason', cell: (person) => reasonText(person.reason) || 'none' },
  {
    key: 'by',
    header: 'By',
    cell: (person) => (person.by === null ? 'no date' : <Moment at={person.by} show="absolute" />),
  },
];

const kinds = Object.keys(outcomeLabels) as readonly OutcomeKind[];
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export default async function TouchedPage(props: PageProps<'/organizations/[slug]/policies/review/members'>) {
  const { slug } = await props.params;
  const query = await props.searchParams;
  const { membership } = await requireMembership(slug, 'admin');
  const screen = await policyScreen(
    membership.organizationId,
    typeof query.domain === 'string' ? query.domain : undefined,
  );
  const setting = settingNames.find((name) => name === query.setting);
  const kind = kinds.find((each) => each === query.kind);
  if (screen === null || setting === undefined || kind === undefined) return notFound();
  const intent: Intent = query.intent === 'activate' ? 'activate' : 'save';
  const after = typeof query.after === 'string' && uuid.test(query.after) ? { after: query.after } : {};
  const page = await touchedPeople(await changeOf(screen, intent), { setting, kind, ...after });
  const path = (name: string) => `${policyPath(slug, screen.policy.domain, name)}&intent=${intent}`;
  const here = `${path('/review/members')}&setting=${setting}&kind=${kind}`;
  return (
    <>
      <PageHeader
        title={outcomeLabels[kind]}
        description={`Because of ${settingOf(setting).label} alone.`}
        back={{ href: path('/review'), label: 'Back to the review' }}
      />
      <Card flush>
        <DataTable
          caption={outcomeLabels[kind]}
          columns={columns}
          rows={page.people}
          rowKey={(person) => person.id}
          empty={<EmptyState title="Nobody">No account of the domain is in this group by now.</EmptyState>}
        />
      </Card>
      <Pagination next={page.next === null ? undefined : `${here}&after=${page.next}`} />
    </>
  );
}
