'use server';

import { action, done, go, refuse } from '@/lib/action';
import { verifyOrganizationAudit } from '@/lib/organization/audit-log';
import { verifyInput } from './input';

const reasons = {
  altered: 'its content does not fit its hash',
  out_of_order: 'it does not follow the row before it',
  personal_data_altered: 'its personal data were changed',
  missing: 'it is missing',
  head_differs: 'the last row is not the one that was written last',
} as const;

export const verifyLog = action({
  input: verifyInput,
  as: 'admin',
  run: async (_input, { membership }) => {
    const proof = await verifyOrganizationAudit(membership.organizationId);
    if (!proof.ok)
      return refuse(
        `Row ${proof.error.sequence} is the first broken one: ${reasons[proof.error.reason]}. Tell whoever runs this service, and keep an export.`,
      );
    const { rows } = proof.value;
    return done(`${rows === 1 ? 'The one row is' : `All ${rows} rows are`} whole and in order. Checked`);
  },
});

/** An export leaves the house with everything in it, so it asks for a fresh proof; the download itself asks again. */
export const exportLog = action({
  input: verifyInput,
  as: 'admin',
  stepUp: 'recent',
  run: async ({ organization }) => go(`/organizations/${organization}/audit/export`),
});
