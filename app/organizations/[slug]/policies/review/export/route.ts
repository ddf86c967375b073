import { changeOf } from '@/lib/organization/policies/review';
import { policyScreen } from '@/lib/organization/policies/screen';
import { touchedCsv } from '@/lib/organization/policies/touched';
import { download } from '../../../download';
import { outcomeLabels, reasonText } from '../../outcome-texts';

/** The preview of everybody as CSV. */
export const GET = download('admin', async ({ membership, query }) => {
  const screen = await policyScreen(membership.organizationId, query.get('domain') ?? undefined);
  if (screen === null) return null;
  const change = await changeOf(screen, query.get('intent') === 'activate' ? 'activate' : 'save');
  return {
    name: `preview-${screen.policy.domain}.csv`,
    type: 'text/csv',
    content: touchedCsv(change, {
      label: (kind) => outcomeLabels[kind],
      reason: ({ reason }) => reasonText(reason),
    }),
  };
});
