export const dynamic = 'force-dynamic';

/** Answered without the database, so that an outage there does not get this process restarted. */
export function GET(): Response {
  return Response.json({ status: 'live' }, { headers: { 'cache-control': 'no-store' } });
}
