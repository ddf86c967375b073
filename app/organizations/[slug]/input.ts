import * as z from 'zod';

/** Every form of an organization carries its slug; the wrapper finds the membership by it. */
export const organizationField = { organization: z.string() };

export const leaveInput = z.object(organizationField);

/** Asked wherever one person acts on another: it stands in the audit log and in the mail. */
export const reasonField = z
  .string({ error: 'Enter a reason.' })
  .trim()
  .min(1, 'Enter a reason. The person reads it, and it stands in the audit log.')
  .max(300, 'Shorten the reason to 300 characters.');
