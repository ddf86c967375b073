import * as z from 'zod';
import { organizationField, reasonField } from '../input';

const claim = z.uuid({ error: 'This claim is not known. Go back and choose again.' });

export const startInput = z.object({
  ...organizationField,
  domain: z.string({ error: 'Enter a domain.' }).max(300, 'This is too long for a domain.'),
  includesSubdomains: z.literal('on').optional(),
});
export const claimInput = z.object({ ...organizationField, claim });
export const revokeInput = z.object({ ...organizationField, claim, reason: reasonField });
export const subdomainsInput = z.object({
  ...organizationField,
  claim,
  includesSubdomains: z.literal('on').optional(),
});
