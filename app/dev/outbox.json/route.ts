import { z } from 'zod';
import { deskMessages } from '@/lib/io/desk';
import { deskRefusal, json } from '../access';

export const dynamic = 'force-dynamic';

const query = z.object({
  // An unescaped plus of a number arrives as a space.
  to: z
    .string()
    .transform((to) => to.replace(/^ /, '+').trim())
    .optional(),
  after: z.uuid().optional(),
});

export async function GET(request: Request): Promise<Response> {
  const refusal = deskRefusal(request);
  if (refusal) return refusal;
  const parsed = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!parsed.success) return json({ error: 'after must be the id of a message.' }, 400);
  return json({ messages: await deskMessages(parsed.data) });
}
