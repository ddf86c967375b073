import * as z from 'zod';

export const mailedLinkInput = z.object({ token: z.string() });
