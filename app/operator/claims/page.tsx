import { Globe } from 'lucide-react';
import type { Metadata } from 'next';
import { Shell } from '@/app/shell';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Moment } from '@/components/ui/moment';
import { PageHeader } from '@/components/ui/page-header';
import { type AwaitingClaim, approvalBoard } from '@/lib/organization/claim-approval';
import { requireOperator } from '@/lib/session/current';
import { ApprovalSwitch, ApproveForm, RejectForm } from './form';

export const metadata: Metadata = { title: 'Claims' };

function Waiting({ claim, now }: { readonly claim: AwaitingClaim; readonly now: number }) {
  return (
    <Card
      title={claim.domain}
      description={
        <>
          {claim.organization}, since <Moment at={claim.createdAt} now={now} />. The TXT record was found.
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <ApproveForm id={claim.id} domain={claim.domain} />
        <RejectForm id={claim.id} domain={claim.domain} />
      </div>
    </Card>
  );
}

/** Where an operator puts proven claims in force or turns them down, while approval is switched on. */
export default async function OperatorClaimsPage() {
  const session = await requireOperator();
  const { isOn, claims } = await approvalBoard();
  return (
    <Shell session={session}>
      <PageHeader title="Claims" description="Proven claims of email domains that wait for an operator." />
      <Card title="Approval">
        <ApprovalSwitch isOn={isOn} />
      </Card>
      {claims.length === 0 ? (
        <Card>
          <EmptyState icon={<Globe aria-hidden />} title="No claim is waiting">
            <p>Claims come here once their TXT record was found, while approval is switched on.</p>
          </EmptyState>
        </Card>
      ) : (
        claims.map((claim) => <Waiting key={claim.id} claim={claim} now={session.now} />)
      )}
    </Shell>
  );
}
