import * as z from 'zod';

export const newOrganizationInput = z.object({ name: z.string({ error: 'Enter a name.' }) });
