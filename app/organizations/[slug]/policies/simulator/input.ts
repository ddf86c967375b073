import * as z from 'zod';
import { parseAddress } from '@/lib/policy/cidr';

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

/** The simulator's form travels in the address, so that an answer can be shared; it changes nothing. */
export const situationInput = z.object({
  member: z.string().trim().toLowerCase().min(1, { error: 'Enter the login email of a member.' }),
  address: z
    .string()
    .trim()
    .refine((text) => text === '' || parseAddress(text) !== null, {
      error: 'Enter an IPv4 or IPv6 address, or leave it empty for an unknown one.',
    }),
  client: z.enum(['web', 'mobile', 'desktop']).catch('web'),
  time: z
    .string()
    .trim()
    .refine((text) => text === '' || moment.test(text), {
      error: 'Enter a date and time, or leave it empty.',
    }),
  policy: z.enum(['in_force', 'draft', 'saved']).catch('in_force'),
});
export type SituationInput = z.output<typeof situationInput>;
