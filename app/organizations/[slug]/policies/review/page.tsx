import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Callout } from '@/components/ui/callout';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { policyScreen } from '@/lib/organization/policies/screen';
import { changedSettings, type Policy } from '@/lib/policy/policy';
import { requireMembership } from '@/lib/session/current';
import { Difference } from '../difference';
import { policyPath } from '../texts';
import { ReviewForm } from './form';

export const metadata: Metadata = { title: 'Review changes' };

/** Whether the change could make an existing password not enough. */
const passwordRules = [
  'passwordLengthMin',
  'passwordLengthMax',
  'passwordUppercase',
  'passwordLowercase',
  'passwordNumber',
  'passwordSymbol',
  'breachedCheck',
] as const;

const touchesPasswords = (before: Policy, after: Policy): boolean =>
  changedSettings(before, after).some((name) => passwordRules.some((rule) => rule === name));

export default async function ReviewPage(props: PageProps<'/organizations/[slug]/policies/review'>) {
  const { slug } = await props.params;
  const { domain } = await props.searchParams;
  const { membership } = await requireMembership(slug, 'owner');
  const screen = await policyScreen(
    membership.organizationId,
    typeof domain === 'string' ? domain : undefined,
  );
  if (screen === null) return notFound();
  const { policy, newest, draft, isActive } = screen;
  const back = { href: policyPath(slug, policy.domain), label: 'Back to the settings' };
  if (draft === null)
    return (
      <>
        <PageHeader title="Review changes" back={back} />
        <EmptyState
          title="There is nothing to review"
          action={<LinkButton href={back.href}>Change settings</LinkButton>}
        >
          No setting of {policy.domain} differs from version {newest.number}.
        </EmptyState>
      </>
    );
  return (
    <>
      <PageHeader
        title="Review changes"
        description={`What you are about to save for ${policy.domain}, on top of version ${newest.number}.`}
        back={back}
      />
      {draft.note !== null && <Callout>{draft.note}</Callout>}
      <Difference before={newest.body} after={draft.body} />
      <ReviewForm
        about={{ organization: slug, domain: policy.domain }}
        seen={{ base: newest.id, revision: draft.revision }}
        terms={{
          tightening: draft.tightening,
          tighteningBy: draft.tighteningBy,
          effectiveFrom: draft.effectiveFrom,
          expirationSpreadDays: draft.expirationSpreadDays,
        }}
        asks={{
          tightening: touchesPasswords(newest.body, draft.body),
          spread: newest.body.passwordExpirationDays === null && draft.body.passwordExpirationDays !== null,
          later: isActive,
        }}
      />
    </>
  );
}
