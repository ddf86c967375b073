'use server';

import { action, go, refuse } from '@/lib/action';
import { createOrganizationFor } from '@/lib/organization/organizations';
import { nameFaultText } from '@/lib/policy/display-name';
import { newOrganizationInput } from './input';

export const createOrganization = action({
  input: newOrganizationInput,
  as: 'user',
  run: async ({ name }, { session, address, userAgent }) => {
    const actor = { accountId: session.accountId, sessionId: session.id, address, userAgent };
    const made = await createOrganizationFor(actor, name);
    if (made.ok) return go(`/organizations/${made.value.slug}/members`);
    return refuse('There is one thing to mend.', { name: nameFaultText(made.error, 'The name') });
  },
});
