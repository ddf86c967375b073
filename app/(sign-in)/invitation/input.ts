import * as z from 'zod';

export const acceptInput = z.object({ token: z.string() });

export const invitedInput = z.object({
  token: z.string(),
  name: z.string({ error: 'Enter your name.' }),
  password: z.string({ error: 'Choose a password.' }).min(1, 'Choose a password.'),
});
