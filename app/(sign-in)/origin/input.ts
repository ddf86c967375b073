import * as z from 'zod';

const step = z.enum(['contact_email', 'enroll_second_factor']);

export const originSendInput = z.object({ step });
export const originCodeInput = z.object({ step, code: z.string({ error: 'Enter the code.' }) });
