import * as z from 'zod';

const code = z.string().max(200, 'This code is too long.');

const typed = code.refine((text) => text.trim() !== '', 'Enter the code.');

export const answerInput = z.object({ method: z.enum(['email', 'sms', 'totp', 'backup']), code: typed });

export const pinInput = z.object({ code: typed });

export const sendInput = z.object({ method: z.enum(['email', 'sms']) });

export const nothing = z.object({});

export const passkeyInput = z.object({ answer: z.string().max(65_536) });
