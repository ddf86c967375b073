import { isReady } from '@/lib/io/readiness';

export const dynamic = 'force-dynamic';

/** For load balancers: whether requests may be sent here. */
export async function GET() {
  const ready = await isReady();
  return Response.json({ status: ready ? 'ready' : 'unavailable' }, { status: ready ? 200 : 503 });
}
