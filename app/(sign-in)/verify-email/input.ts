import * as z from 'zod';

export const registrationInput = z.object({
  token: z.string(),
  name: z.string({ error: 'Enter your name.' }),
  password: z.string({ error: 'Choose a password.' }).min(1, 'Choose a password.'),
  organization: z.string({ error: 'Enter the name of your organization.' }),
});
