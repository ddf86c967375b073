import 'server-only';
import * as z from 'zod';
import type { RuleTuple } from '@/lib/policy/password';

const schema = z.object({
  lengthMin: z.number(),
  lengthMax: z.number(),
  uppercase: z.boolean(),
  lowercase: z.boolean(),
  number: z.boolean(),
  symbol: z.boolean(),
  special: z.array(z.string()),
  breachedCheck: z.boolean(),
});

/** Reads the rules a password last met from its row. What cannot be read counts as nothing known, so it is checked again. */
export function validatedRules(stored: unknown): RuleTuple | null {
  const parsed = schema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}
