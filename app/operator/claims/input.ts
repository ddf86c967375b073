import * as z from 'zod';

const claim = z.uuid({ error: 'This claim is not known.' });

export const approveInput = z.object({ claim });
export const rejectInput = z.object({
  claim,
  reason: z
    .string({ error: 'Give a reason; the organization reads it.' })
    .trim()
    .min(1, { error: 'Give a reason; the organization reads it.' })
    .max(300, { error: 'A reason has at most 300 characters.' }),
});
export const switchInput = z.object({ approval: z.literal('on').optional() });
