import { endsOf } from '@/app/session-end/ends';
import { currentSession } from '@/lib/session/current';

export const dynamic = 'force-dynamic';

const headers = { 'cache-control': 'no-store' };

/** When this browser's session ends. Asking is no activity of the person, so nothing is written. */
export async function GET(): Promise<Response> {
  const found = await currentSession();
  if (found.state === 'running') return Response.json(endsOf(found.session), { headers });
  const status = found.state === 'address_refused' ? 403 : 401;
  return Response.json({ state: found.state }, { status, headers });
}
