import { notFound, redirect } from 'next/navigation';
import { extendReauthentication } from '@/lib/account/reauthentication';
import { memberActor } from '@/lib/organization/actor';
import { makeEvidence } from '@/lib/organization/policies/evidence';
import { policyScreen } from '@/lib/organization/policies/screen';
import { days } from '@/lib/policy/time';
import { requireMembership } from '@/lib/session/current';

/** The start of a UTC day written as 2026-05-03; null for anything else. */
function dayOf(text: string | null): number | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) ? null : at;
}

/** The signed evidence of a range of days; the last 90 where none is given. */
export async function GET(request: Request, { params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { session, membership } = await requireMembership(slug, 'owner');
  const { pathname, search, searchParams: query } = new URL(request.url);
  if (!(await extendReauthentication(session, 'recent')))
    redirect(`/confirm?return_to=${encodeURIComponent(pathname + search)}`);
  const screen = await policyScreen(membership.organizationId, query.get('domain') ?? undefined);
  if (screen === null) return notFound();
  const to = dayOf(query.get('to'));
  const range = {
    from: dayOf(query.get('from')) ?? session.now - days(90),
    to: to === null ? session.now : to + days(1),
  };
  const caller = {
    address: session.address,
    userAgent: request.headers.get('user-agent'),
    session,
    membership,
  };
  return new Response(`${await makeEvidence(memberActor(caller), screen, range)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="evidence-${screen.policy.domain}.json"`,
      'cache-control': 'no-store',
    },
  });
}
