import * as z from 'zod';
import { loginEmailField } from '@/lib/policy/email-field';

export const signUpInput = z.object({ email: loginEmailField });
