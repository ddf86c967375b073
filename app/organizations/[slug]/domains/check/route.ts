import * as z from 'zod';
import { auditActor, memberActor } from '@/lib/organization/actor';
import { checkClaim } from '@/lib/organization/claim-check';
import { requireMembership } from '@/lib/session/current';
import { checkFaultText, sightingText } from '../texts';

const body = z.object({ claim: z.uuid() });

const problem = (status: number) => Response.json({ state: 'unknown', text: '' }, { status });

/** The open page's own look. Browsers send this method across sites only after asking, and no answer allows it. */
export async function POST(request: Request, { params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  if (!request.headers.get('content-type')?.startsWith('application/json')) return problem(415);
  const caller = await requireMembership(slug, 'owner');
  const parsed = body.safeParse(await request.json().catch(() => null));
  if (!parsed.success) return problem(422);
  const userAgent = request.headers.get('user-agent');
  const actor = memberActor({ ...caller, address: caller.session.address, userAgent });
  const target = { claimId: parsed.data.claim, organizationId: actor.organizationId };
  const checked = await checkClaim(target, auditActor(actor));
  if (!checked.ok) {
    const { code } = checked.error;
    const state = code === 'unknown_claim' ? 'ended' : 'pending';
    const status = code === 'held_elsewhere' ? 409 : 200;
    return Response.json({ state, text: checkFaultText(checked.error) }, { status });
  }
  const { state, sighting, domain } = checked.value;
  return Response.json({ state, text: sightingText(sighting, domain) });
}
