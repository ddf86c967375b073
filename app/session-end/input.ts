import * as z from 'zod';

export const stayInput = z.object({});
export const signInAgainInput = z.object({ return_to: z.string().max(2000).optional() });
