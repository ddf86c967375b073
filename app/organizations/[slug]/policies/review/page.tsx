import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Callout } from '@/components/ui/callout';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { memberActor } from '@/lib/organization/actor';
import { type Replay, replayList } from '@/lib/organization/policies/replay';
import { type Intent, type Review, readChange, reviewChange } from '@/lib/organization/policies/review';
import { type PolicyScreen, policyScreen } from '@/lib/organization/policies/screen';
import { sameValue } from '@/lib/policy/policy';
import { type Membership, requireMembership } from '@/lib/session/current';
import { ReplayCard } from '../replay-card';
import { policyPath } from '../texts';
import { asksOf, moreOf } from './asks';
import { ReviewForm } from './form';
import { Notes } from './notes';
import { TouchedPeople } from './touched-people';

export const metadata: Metadata = { title: 'Review changes' };

export default async function ReviewPage(props: PageProps<'/organizations/[slug]/policies/review'>) {
  const { slug } = await props.params;
  const query = await props.searchParams;
  const caller = await requireMembership(slug, 'admin');
  const domain = typeof query.domain === 'string' ? query.domain : undefined;
  const screen = await policyScreen(caller.membership.organizationId, domain);
  if (screen === null) return notFound();
  const { policy, newest, draft, isActive } = screen;
  const intent: Intent = query.intent === 'activate' && !isActive ? 'activate' : 'save';
  const back = { href: policyPath(slug, policy.domain), label: 'Back to the settings' };
  if (intent === 'save' && draft === null) return <NothingToReview back={back} />;
  const more = moreOf(query.more);
  const own = await ownReview(caller, screen, { intent, isShownAgain: Object.keys(more).length > 0 });
  const review = own ?? (await readChange(screen, intent));
  const replay = await replayOf(screen);
  const isSave = intent === 'save' && draft !== null;
  return (
    <>
      <PageHeader
        title={isSave ? 'Review changes' : 'Activate the policy'}
        description={
          isSave
            ? `What you are about to save for ${policy.domain}, on top of version ${newest.number}.`
            : `What version ${screen.current.number} does once it binds the people of ${policy.domain}.`
        }
        back={back}
      />
      {isSave && draft.note !== null && <Callout>{draft.note}</Callout>}
      <Notes review={review} guard={own?.guard ?? null} screen={screen} editPath={back.href} more={more} />
      {replay !== null && <ReplayCard replay={replay} />}
      <TouchedPeople review={review} screen={screen} slug={slug} intent={intent} />
      {own !== null && (
        <ReviewForm
          about={{ organization: slug, domain: policy.domain }}
          seen={{ base: newest.id, revision: isSave ? draft.revision : 0, preview: own.token }}
          intent={intent}
          isActive={isActive}
          terms={draft}
          asks={isSave ? asksOf(newest.body, draft.body, isActive) : null}
        />
      )}
    </>
  );
}

type How = { readonly intent: Intent; readonly isShownAgain: boolean };

/** The review of an owner, who can save; null for an admin, who reads whom a change touches. */
async function ownReview(caller: Membership, screen: PolicyScreen, how: How): Promise<Review | null> {
  if (caller.membership.role !== 'owner') return null;
  const { address, factors } = caller.session;
  const saver = {
    ...memberActor({ ...caller, address, userAgent: null }),
    strengthTowards: factors.strengthTowards,
  };
  return reviewChange(screen, saver, how);
}

/** A list that comes or changes is first held against the sign-ins of the last 30 days. */
async function replayOf({ policy, newest, draft }: PolicyScreen): Promise<Replay | null> {
  if (draft === null || draft.body.allowList.mode === 'off') return null;
  const isSame = sameValue(draft.body.allowList, newest.body.allowList);
  return isSame ? null : replayList(policy, draft.body.allowList.entries);
}

type Back = { readonly href: string; readonly label: string };

function NothingToReview({ back }: { readonly back: Back }) {
  return (
    <>
      <PageHeader title="Review changes" back={back} />
      <EmptyState
        title="There is nothing to review"
        action={<LinkButton href={back.href}>Change settings</LinkButton>}
      >
        No setting differs from the saved policy.
      </EmptyState>
    </>
  );
}
