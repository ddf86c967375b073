import * as z from 'zod';

export const confirmInput = z.object({ returnTo: z.string().max(2000).default('/account') });
