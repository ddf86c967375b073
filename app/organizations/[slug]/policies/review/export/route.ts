import { notFound, redirect } from 'next/navigation';
import { extendReauthentication } from '@/lib/account/reauthentication';
import { changeOf } from '@/lib/organization/policies/review';
import { policyScreen } from '@/lib/organization/policies/screen';
import { touchedCsv } from '@/lib/organization/policies/touched';
import { requireMembership } from '@/lib/session/current';
import { outcomeLabels, reasonText } from '../../outcome-texts';

/** The preview of everybody as CSV, streamed. */
export async function GET(request: Request, { params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { session, membership } = await requireMembership(slug, 'admin');
  const { pathname, search, searchParams: query } = new URL(request.url);
  if (!(await extendReauthentication(session, 'recent')))
    redirect(`/confirm?return_to=${encodeURIComponent(pathname + search)}`);
  const screen = await policyScreen(membership.organizationId, query.get('domain') ?? undefined);
  if (screen === null) return notFound();
  const intent = query.get('intent') === 'activate' ? 'activate' : 'save';
  const lines = touchedCsv(await changeOf(screen, intent), {
    label: (kind) => outcomeLabels[kind],
    reason: ({ reason }) => reasonText(reason),
  });
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
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="preview-${screen.policy.domain}.csv"`,
      'cache-control': 'no-store',
    },
  });
}
