import { z } from 'zod';

const failures = ['SERVFAIL', 'timeout', 'NXDOMAIN'] as const;

const name = z
  .string()
  .trim()
  .regex(
    /^(?=.{1,253}\.?$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}\.?$/i,
    'must be a full name, such as _gatehouse-challenge.example.com.',
  );
const values = z
  .array(
    z
      .string()
      .max(4000)
      .regex(/^\P{Cc}+$/u, 'must be printable text.'),
  )
  .min(1, 'needs at least one value.')
  .max(50);

export const recordName = z.object({ name });

/** A record with its values, or a way to fail. */
export const zoneRecord = z.union([
  z
    .object({ name, type: z.literal('TXT').default('TXT'), values })
    .transform(({ name, values }) => ({ name, values })),
  z.object({ name, fail: z.enum(failures) }),
]);

/** The same from a form: one value a line. */
export const zoneForm = z
  .object({
    name,
    answer: z.enum(['values', ...failures], 'Choose an answer.'),
    values: z
      .string()
      .max(20_000)
      .transform((text) => text.split(/\r?\n/).filter((line) => line.trim() !== '')),
  })
  .refine(({ answer, values }) => answer !== 'values' || values.length > 0, {
    path: ['values'],
    message: 'Enter at least one value, one a line.',
  });
