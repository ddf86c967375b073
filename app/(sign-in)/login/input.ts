import * as z from 'zod';
import { loginEmailField } from '@/lib/policy/email-field';

export const loginInput = z.object({
  email: loginEmailField,
  password: z.string({ error: 'Enter your password.' }).min(1, 'Enter your password.'),
  return_to: z.string().optional(),
});
