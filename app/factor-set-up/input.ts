import * as z from 'zod';

export const choiceInput = z.object({ method: z.enum(['totp', 'sms', 'passkey', 'email']) });

export const codeInput = z.object({
  code: z
    .string()
    .max(200, 'This code is too long.')
    .refine((typed) => typed.trim() !== '', 'Enter the code.'),
});

export const numberInput = z.object({ country: z.string().max(2), number: z.string().max(60) });

export const nothing = z.object({});

export const newPasskeyInput = z.object({
  name: z.string().trim().min(1, 'Give this passkey a name.').max(60, 'Use at most 60 characters.'),
});

export const madePasskeyInput = z.object({ name: z.string().max(60), answer: z.string().max(65_536) });
