import * as z from 'zod';

export const resetInput = z.object({
  token: z.string(),
  newPassword: z.string({ error: 'Choose a password.' }).min(1, 'Choose a password.'),
});
