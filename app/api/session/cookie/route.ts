import { shortenCookie } from '@/lib/session/cookie-renewal';
import { currentSession } from '@/lib/session/current';

export const dynamic = 'force-dynamic';

/** Called by an open page whose cookie lasts longer than the policy allows by now. Browsers send no cookie here from other sites. */
export async function POST(): Promise<Response> {
  const headers = { 'cache-control': 'no-store' };
  const found = await currentSession();
  if (found.state !== 'running') return new Response(null, { status: 401, headers });
  await shortenCookie(found.session);
  return new Response(null, { status: 204, headers });
}
