import { notFound, redirect } from 'next/navigation';
import { extendReauthentication } from '@/lib/account/reauthentication';
import { policyScreen } from '@/lib/organization/policies/screen';
import { exportedPolicy } from '@/lib/organization/policies/transfer';
import { requireMembership } from '@/lib/session/current';

/** The newest saved version as JSON. */
export async function GET(request: Request, { params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { session, membership } = await requireMembership(slug, 'admin');
  const { pathname, search, searchParams } = new URL(request.url);
  if (!(await extendReauthentication(session, 'recent')))
    redirect(`/confirm?return_to=${encodeURIComponent(pathname + search)}`);
  const domain = searchParams.get('domain') ?? undefined;
  const screen = await policyScreen(membership.organizationId, domain);
  if (screen === null) return notFound();
  return new Response(`${JSON.stringify(exportedPolicy(screen), null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="policy-${screen.policy.domain}.json"`,
      'cache-control': 'no-store',
    },
  });
}
