import { notFound } from 'next/navigation';
import { type PolicyScreen, policyScreen } from '@/lib/organization/policies/screen';
import { type Membership, requireMembership } from '@/lib/session/current';

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

export type PolicyView = Membership & {
  readonly slug: string;
  readonly screen: PolicyScreen;
  readonly isOwner: boolean;
  readonly about: { readonly organization: string; readonly domain: string };
};

/** What every page about one policy begins with: an owner or admin, and a policy of their organization. */
export async function policyView(params: Promise<{ slug: string }>, query: Query): Promise<PolicyView> {
  const { slug } = await params;
  const { session, membership } = await requireMembership(slug, 'admin');
  const domain = typeof query.domain === 'string' ? query.domain : undefined;
  const screen = await policyScreen(membership.organizationId, domain);
  if (screen === null) return notFound();
  const about = { organization: slug, domain: screen.policy.domain };
  return { session, membership, slug, screen, about, isOwner: membership.role === 'owner' };
}
