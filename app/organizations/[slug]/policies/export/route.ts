import { policyScreen } from '@/lib/organization/policies/screen';
import { exportedPolicy } from '@/lib/organization/policies/transfer';
import { download } from '../../download';

/** The newest saved version as JSON. */
export const GET = download('admin', async ({ membership, query }) => {
  const screen = await policyScreen(membership.organizationId, query.get('domain') ?? undefined);
  return (
    screen && {
      name: `policy-${screen.policy.domain}.json`,
      type: 'application/json',
      content: `${JSON.stringify(exportedPolicy(screen), null, 2)}\n`,
    }
  );
});
