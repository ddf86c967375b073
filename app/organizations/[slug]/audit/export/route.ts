import { redirect } from 'next/navigation';
import { extendReauthentication } from '@/lib/account/reauthentication';
import { exportAudit } from '@/lib/organization/audit-log';
import { requireMembership } from '@/lib/session/current';

/** The whole chain as JSON lines, streamed, so that its length does not matter. */
export async function GET(_request: Request, { params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { session, membership } = await requireMembership(slug, 'admin');
  if (!(await extendReauthentication(session, 'recent'))) redirect(`/organizations/${slug}/audit`);
  const lines = exportAudit(membership.organizationId);
  const encoder = new TextEncoder();
  const stream = new ReadableStream({
    async pull(controller) {
      const { value, done } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await lines.return(undefined);
    },
  });
  return new Response(stream, {
    headers: {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': `attachment; filename="audit-${membership.slug}.jsonl"`,
      'cache-control': 'no-store',
    },
  });
}
