import * as z from 'zod';

const code = z.string().max(200, 'This code is too long.');

export const answerInput = z.object({
  method: z.enum(['email', 'sms', 'totp', 'backup']),
  code: code.refine((typed) => typed.trim() !== '', 'Enter the code.'),
});

export const sendInput = z.object({ method: z.enum(['email', 'sms']) });

export const nothing = z.object({});

export const passkeyInput = z.object({ answer: z.string().max(65_536) });
