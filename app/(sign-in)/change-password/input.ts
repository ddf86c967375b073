import * as z from 'zod';

export const forcedChangeInput = z.object({
  newPassword: z.string({ error: 'Choose a password.' }).min(1, 'Choose a password.'),
});

export const changeInput = z.object({
  currentPassword: z.string({ error: 'Enter your current password.' }).min(1, 'Enter your current password.'),
  newPassword: z.string({ error: 'Choose a password.' }).min(1, 'Choose a password.'),
  return_to: z.string().optional(),
});
