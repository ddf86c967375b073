import { demoSheet } from '@/lib/io/desk';
import { deskRefusal, json } from '../access';

export const dynamic = 'force-dynamic';

export async function GET(request: Request): Promise<Response> {
  const refusal = deskRefusal(request);
  if (refusal) return refusal;
  const sheet = await demoSheet();
  return sheet ? json(sheet) : json({ error: 'No demo was seeded in this database.' }, 404);
}
