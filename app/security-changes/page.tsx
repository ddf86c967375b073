import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { Brand } from '@/components/brand';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { Moment } from '@/components/ui/moment';
import { PageHeader } from '@/components/ui/page-header';
import { TextLink } from '@/components/ui/text-link';
import { currentSession } from '@/lib/session/current';
import { type PlannedChange, plannedChanges } from '@/lib/session/programme-dates';

export const metadata: Metadata = { title: 'Security changes' };

const controls = {
  password_rules: 'New passwords follow stricter rules',
  rotation: 'Passwords expire and are changed regularly',
  reuse: 'Former passwords cannot be used again',
  contact_email: 'Every account has a verified contact email',
  second_factor: 'Every sign-in asks for a second factor',
} as const satisfies Record<PlannedChange['control'], string>;

const cohorts = {
  new_accounts: 'Accounts made from that date on',
  sms_enabled: 'Members of organizations that use SMS',
  all: 'All accounts',
  named: 'Members of certain organizations, which are told',
} as const satisfies Record<PlannedChange['cohort'], string>;

function Change({ change, now }: { readonly change: PlannedChange; readonly now: number | undefined }) {
  return (
    <Card title={controls[change.control]} description={cohorts[change.cohort]}>
      <p>
        From <Moment at={change.from} now={now} />
        {change.to !== null && (
          <>
            , spread until <Moment at={change.to} now={now} show="absolute" />
          </>
        )}
        .
      </p>
      {change.ownDate !== null && (
        <p className="font-medium">
          For you: <Moment at={change.ownDate} now={now} />.
        </p>
      )}
    </Card>
  );
}

type HelpProps = {
  readonly title: string;
  readonly href: string;
  readonly link: string;
  readonly children: ReactNode;
};

function Help({ title, href, link, children }: HelpProps) {
  return (
    <Card
      title={title}
      description={
        <div className="flex flex-col gap-2">
          {children}
          <p className="text-ink">
            <TextLink href={href}>{link}</TextLink>
          </p>
        </div>
      }
    />
  );
}

/** What will change for whom and when, and how to be ready early. Public; signed in it tells one's own dates. */
export default async function SecurityChangesPage() {
  const found = await currentSession();
  const session = found.state === 'running' ? found.session : null;
  const changes = await plannedChanges(session);
  return (
    <div className="mx-auto flex w-full max-w-form flex-col gap-6 px-4 py-6 sm:py-12">
      <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <Brand />
        {session ? (
          <TextLink href="/account">Your account</TextLink>
        ) : (
          <TextLink href="/login">Sign in</TextLink>
        )}
      </header>
      <main id="main" className="flex flex-col gap-6">
        <PageHeader
          title="Security changes"
          description="What changes about signing in for everybody on this platform, for whom, when, and how to be ready before it does."
        />
        {changes.length === 0 ? (
          <Callout tone="ok" title="No change is planned">
            <p>Your organization may have rules of its own. They stand on your account page.</p>
          </Callout>
        ) : (
          changes.map((change) => <Change key={change.id} change={change} now={session?.now} />)
        )}
        <h2 className="font-semibold text-base">How to get ready</h2>
        <Help title="Password" href="/account/password" link="Change your password">
          <p>
            A long password of several words is easy to keep and hard to guess. The page ticks off each rule
            while you type.
          </p>
        </Help>
        <Help title="Second factor" href="/account/two-factor" link="Set up two-factor authentication">
          <p>
            An authentication app or a passkey protects you even when somebody learns your password. Keep the
            backup codes in a safe place.
          </p>
        </Help>
        <Help title="Contact email" href="/account/contact-email" link="Verify your contact email">
          <p>Codes and news about your sign-in go to this address. Verifying it takes a minute.</p>
        </Help>
        <p className="text-muted">
          Who is not ready on the date is asked to do it at the next sign-in; nothing is lost. If you need
          help, ask an admin of your organization.
        </p>
      </main>
    </div>
  );
}
