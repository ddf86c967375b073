import { deleteZoneEntry, listZone, putZoneEntry } from '@/lib/io/dns-zone';
import { deskRefusal, json } from '../access';
import { recordName, zoneRecord } from '../zone-input';

export const dynamic = 'force-dynamic';

async function bodyOf(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export async function GET(request: Request): Promise<Response> {
  return deskRefusal(request) ?? json({ records: await listZone() });
}

export async function PUT(request: Request): Promise<Response> {
  const refusal = deskRefusal(request);
  if (refusal) return refusal;
  const parsed = zoneRecord.safeParse(await bodyOf(request));
  if (!parsed.success)
    return json(
      {
        error:
          'Send { name, type: "TXT", values: [..] } or { name, fail: "SERVFAIL" | "timeout" | "NXDOMAIN" }.',
      },
      400,
    );
  await putZoneEntry(parsed.data);
  return json(parsed.data);
}

export async function DELETE(request: Request): Promise<Response> {
  const refusal = deskRefusal(request);
  if (refusal) return refusal;
  const parsed = recordName.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!parsed.success) return json({ error: 'name must be a full name.' }, 400);
  await deleteZoneEntry(parsed.data.name);
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
}
