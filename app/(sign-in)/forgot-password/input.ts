import * as z from 'zod';
import { loginEmailField } from '@/lib/policy/email-field';

export const forgotInput = z.object({ email: loginEmailField });
