import * as z from 'zod';

export const passkeyBeginInput = z.object({});

export const passkeyLoginInput = z.object({
  answer: z.string().max(65_536),
  return_to: z.string().max(2048).optional(),
});
