import 'server-only';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { isAtThisMachine, isDeskOn } from '@/lib/io/desk';

const noStore = { 'cache-control': 'no-store' } as const;

export const json = (body: unknown, status = 200): Response =>
  Response.json(body, { status, headers: noStore });

/** Why a program may not use the desk, or null. */
export function deskRefusal(request: Request): Response | null {
  if (!isDeskOn()) return new Response('Not found.\n', { status: 404, headers: noStore });
  return isAtThisMachine(request.headers)
    ? null
    : json({ error: 'The desk answers this machine only.' }, 403);
}

/** The same for a page: leaves with 404. */
export async function requireDesk(): Promise<void> {
  const given = await headers();
  if (!isDeskOn() || !isAtThisMachine(given)) notFound();
}
