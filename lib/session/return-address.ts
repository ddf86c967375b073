import 'server-only';
import { headers } from 'next/headers';

/** Set on every request by the server in front: the path and query that the browser asked for. */
export const pathHeader = 'x-gatehouse-path';

/** A page of ours that leads back to where the person was going. */
export async function withReturn(page: string): Promise<string> {
  const path = (await headers()).get(pathHeader);
  return path ? `${page}?return_to=${encodeURIComponent(path)}` : page;
}
