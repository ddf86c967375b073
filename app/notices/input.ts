import * as z from 'zod';

export const readOneInput = z.object({ notice: z.uuid({ error: 'This notice is not known.' }) });
export const readAllInput = z.object({});
