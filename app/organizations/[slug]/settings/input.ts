import * as z from 'zod';
import { organizationField } from '../input';

export const settingsInput = z.object({
  ...organizationField,
  name: z.string({ error: 'Enter a name.' }),
  /** Not named after what it switches: a name with “password” in it would pass for a secret and not be shown again. */
  temporaryByAdmins: z.literal('on').optional(),
});
