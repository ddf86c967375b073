import type { Metadata } from 'next';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { LinkButton } from '@/components/ui/link-button';
import { Moment } from '@/components/ui/moment';
import { PageHeader } from '@/components/ui/page-header';
import { loadOverview } from '@/lib/account/overview';
import { type CurrentSession, requireSession } from '@/lib/session/current';
import { CheckList } from './check-list';
import { checksOf } from './checks';
import { closedOrganization, organizationChecks } from './organization-checks';

export const metadata: Metadata = { title: 'Account security' };

function ClosedOrganization({
  session,
  slug,
}: {
  readonly session: CurrentSession;
  readonly slug: string | undefined;
}) {
  const closed = closedOrganization(session, slug);
  if (closed === null) return null;
  return (
    <Callout
      tone="warn"
      title={`${closed.name} is closed to you for now`}
      actions={<LinkButton href={closed.action.href}>{closed.action.label}</LinkButton>}
    >
      <p>{closed.text} Your other organizations stay open.</p>
    </Callout>
  );
}

function RulesCard({ policy }: CurrentSession) {
  const names = [...new Set(policy.layers.map((layer) => layer.name))];
  const from =
    names.length === 0
      ? 'No organization or programme sets rules for your sign-in. Gatehouse’s own limits hold.'
      : `Rules for your sign-in come from ${names.join(' and ')}.`;
  return (
    <Card
      title="What applies to you"
      description={from}
      aside={
        <LinkButton href="/account/rules" look="secondary" size="small">
          See every rule
        </LinkButton>
      }
    />
  );
}

type AccountPageProps = { readonly searchParams: Promise<{ readonly organization?: string | string[] }> };

export default async function AccountPage({ searchParams }: AccountPageProps) {
  const session = await requireSession();
  const [overview, { organization }] = [await loadOverview(session), await searchParams];
  const organizations = organizationChecks(session);
  return (
    <>
      <PageHeader
        title="Account security"
        description="How well your account is guarded, and what is left to do."
      />
      <ClosedOrganization
        session={session}
        slug={typeof organization === 'string' ? organization : undefined}
      />
      {overview.frozenUntil !== null && (
        <Callout tone="warn" title="Mail alone changes nothing for now">
          <p>
            Somebody with one of your mailboxes asked for this. No reset and no emailed code until{' '}
            <Moment at={overview.frozenUntil} now={session.now} />.
          </p>
        </Callout>
      )}
      <Card title="Security checklist" flush>
        <CheckList checks={checksOf(session, overview)} now={session.now} />
      </Card>
      {organizations.length > 0 && (
        <Card title="What your organizations ask" flush>
          <CheckList checks={organizations} now={session.now} />
        </Card>
      )}
      <RulesCard {...session} />
    </>
  );
}
