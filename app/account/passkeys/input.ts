import * as z from 'zod';

export const renameInput = z.object({
  id: z.uuid(),
  name: z.string().trim().min(1, 'Give this passkey a name.').max(60, 'Use at most 60 characters.'),
});
