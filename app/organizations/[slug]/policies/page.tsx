import { Globe } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { replayList } from '@/lib/organization/policies/replay';
import { type PolicyScreen, policyScreen } from '@/lib/organization/policies/screen';
import { mapSettings } from '@/lib/policy/policy';
import { requireMembership } from '@/lib/session/current';
import { PolicyEditor } from './form';
import { PoliciesHeader } from './header';
import { ReplayCard } from './replay-card';
import { Source } from './source';
import { Standing } from './standing';

export const metadata: Metadata = { title: 'Policies' };

/** The layer in the place of "this setting": only an owner may touch it, and only while the claim stands. */
function lockOf(screen: PolicyScreen, isOwner: boolean): string | null {
  if (!isOwner) return 'Only an owner can change this.';
  return screen.policy.isClaimed ? null : 'Verify the domain again to change this.';
}

/** A list that only watches shows what it would have done. */
const isWatching = (screen: PolicyScreen): boolean => screen.newest.body.allowList.mode === 'monitor';

export default async function PoliciesPage(props: PageProps<'/organizations/[slug]/policies'>) {
  const { slug } = await props.params;
  const { domain } = await props.searchParams;
  const { session, membership } = await requireMembership(slug, 'admin');
  const wanted = typeof domain === 'string' ? domain : undefined;
  const screen = await policyScreen(membership.organizationId, wanted);
  const isOwner = membership.role === 'owner';
  if (screen === null) return wanted === undefined ? <NoDomain slug={slug} isOwner={isOwner} /> : notFound();
  const { entries } = (screen.draft ?? screen.newest).body.allowList;
  const replay = entries.length === 0 ? null : await replayList(screen.policy, entries);
  const about = { organization: slug, domain: screen.policy.domain };
  return (
    <>
      <PoliciesHeader slug={slug} domain={screen.policy.domain} domains={screen.domains} />
      <Standing screen={screen} slug={slug} isOwner={isOwner} />
      {replay !== null && isWatching(screen) && <ReplayCard replay={replay} />}
      <PolicyEditor
        about={about}
        base={screen.newest.id}
        revision={screen.draft?.revision ?? 0}
        saved={screen.newest.body}
        draft={screen.draft?.body ?? null}
        locked={lockOf(screen, isOwner)}
        address={session.address}
        lastHits={replay?.lastHits ?? {}}
        sources={mapSettings((_, name) => <Source key={name} policy={screen.inForce} name={name} />)}
      />
    </>
  );
}

function NoDomain({ slug, isOwner }: { readonly slug: string; readonly isOwner: boolean }) {
  return (
    <>
      <PoliciesHeader slug={slug} domain={null} domains={[]} />
      <Card>
        <EmptyState
          icon={<Globe aria-hidden />}
          title="A policy needs a claimed domain"
          action={
            <LinkButton href={`/organizations/${slug}/domains`} look={isOwner ? 'primary' : 'secondary'}>
              {isOwner ? 'Claim a domain' : 'See domains'}
            </LinkButton>
          }
        >
          {isOwner
            ? 'Prove that a domain of email addresses is yours. Then you decide how everybody with such an address signs in.'
            : 'An owner claims a domain first. Then its policy stands here.'}
        </EmptyState>
      </Card>
    </>
  );
}
