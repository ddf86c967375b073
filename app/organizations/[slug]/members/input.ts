import * as z from 'zod';
import { addressFaultText, parseContactEmail } from '@/lib/policy/address';
import { roleNames } from '@/lib/policy/roles';
import { organizationField, reasonField } from '../input';

const member = z.uuid({ error: 'This member is not known. Go back and choose again.' });
const about = { ...organizationField, member, reason: reasonField };

export const memberInput = z.object(about);
export const roleInput = z.object({ ...about, role: z.enum(roleNames, { error: 'Choose a role.' }) });

/** An empty field clears the address; a filled one must be an address that can be mailed to. */
const newContactEmail = z
  .string()
  .optional()
  .transform((typed, context) => {
    if (typed === undefined || typed.trim() === '') return null;
    const parsed = parseContactEmail(typed);
    if (parsed.ok) return parsed.value.email;
    for (const fault of parsed.error) context.addIssue(addressFaultText(fault));
    return z.NEVER;
  });

export const contactInput = z.object({ ...about, email: newContactEmail });
