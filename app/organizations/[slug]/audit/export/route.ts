import { exportAudit } from '@/lib/organization/audit-log';
import { download } from '../../download';

/** The whole chain as lines of JSON. */
export const GET = download('admin', async ({ membership }) => ({
  name: `audit-${membership.slug}.jsonl`,
  type: 'application/x-ndjson',
  content: exportAudit(membership.organizationId),
}));
