import { memberActor } from '@/lib/organization/actor';
import { makeEvidence } from '@/lib/organization/policies/evidence';
import { policyScreen } from '@/lib/organization/policies/screen';
import { days } from '@/lib/policy/time';
import { download } from '../../download';

/** The start of a UTC day written as 2026-05-03; null for anything else. */
function dayOf(text: string | null): number | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) ? null : at;
}

/** The signed evidence of a range of days; the last 90 where none is given. */
export const GET = download('owner', async (asked) => {
  const { membership, query, session } = asked;
  const screen = await policyScreen(membership.organizationId, query.get('domain') ?? undefined);
  if (screen === null) return null;
  const to = dayOf(query.get('to'));
  const range = {
    from: dayOf(query.get('from')) ?? session.now - days(90),
    to: to === null ? session.now : to + days(1),
  };
  return {
    name: `evidence-${screen.policy.domain}.json`,
    type: 'application/json',
    content: `${await makeEvidence(memberActor(asked), screen, range)}\n`,
  };
});
