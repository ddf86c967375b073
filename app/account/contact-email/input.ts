import * as z from 'zod';
import { contactEmailField } from '@/lib/policy/email-field';

export const contactEmailInput = z.object({ email: contactEmailField });
export const contactCodeInput = z.object({ code: z.string({ error: 'Enter the code.' }) });
