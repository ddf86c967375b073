import * as z from 'zod';

export const endSessionInput = z.object({ session: z.uuid({ error: 'This session is not known.' }) });
export const endOthersInput = z.object({});
