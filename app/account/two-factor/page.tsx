import type { Metadata } from 'next';
import { ChoiceForm } from '@/app/factor-set-up/choice-form';
import { SentCodeStep, SmsSetUp } from '@/app/factor-set-up/sms-set-up';
import { TotpSetUp } from '@/app/factor-set-up/totp-set-up';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { LinkButton } from '@/components/ui/link-button';
import { Moment } from '@/components/ui/moment';
import { PageHeader } from '@/components/ui/page-header';
import { ownFactors } from '@/lib/account/own-factors';
import { emailScreen, smsScreen, totpScreen } from '@/lib/account/set-up-screen';
import { safeReturnPath } from '@/lib/policy/return-path';
import { type FactorMethod, factorMethods } from '@/lib/policy/second-factor';
import { type CurrentSession, requireSession } from '@/lib/session/current';
import { choose, finishEmail, finishSms, finishTotp, sendToNumber } from './actions';
import { MethodCard } from './method-card';

export const metadata: Metadata = { title: 'Set up two-factor authentication' };

function Deadline({ session }: { readonly session: CurrentSession }) {
  const { next } = session.factors;
  if (next === null) return null;
  return (
    <Callout tone="warn" title={`${next.mandate.name} requires two-factor authentication`}>
      Set it up before <Moment at={next.deadline} now={session.now} />; after that you are signed out and
      asked for it.
    </Callout>
  );
}

function BackupCodes({ session }: { readonly session: CurrentSession }) {
  const { backup } = session.factors;
  if (backup === null) return null;
  return (
    <Card
      title="Backup codes"
      description={`${backup.left} of 10 left. They let you in when a phone, an app or a passkey is lost.`}
      aside={
        <LinkButton href="/account/backup-codes" size="small">
          Open backup codes
        </LinkButton>
      }
    />
  );
}

async function SetUp({ session, method }: { readonly session: CurrentSession; readonly method: string }) {
  const who = { accountId: session.accountId, binding: { sessionId: session.id } };
  switch (method) {
    case 'totp': {
      const pending = await totpScreen(who, session.loginEmail);
      return <TotpSetUp pending={pending} choose={choose} confirm={finishTotp} />;
    }
    case 'sms':
      return (
        <SmsSetUp {...(await smsScreen(who))} send={sendToNumber} confirm={finishSms} now={session.now} />
      );
    default: {
      const pending = await emailScreen(who);
      if (pending === null) return <Callout tone="warn">Verify your contact email first.</Callout>;
      return (
        <SentCodeStep
          {...pending}
          confirm={finishEmail}
          again={choose}
          values={{ method: 'email' }}
          now={session.now}
        />
      );
    }
  }
}

const isSetUp = (method: unknown): method is FactorMethod =>
  typeof method === 'string' && method !== 'passkey' && factorMethods.some((each) => each === method);

/** Somebody led here on the way in, whose other organizations are open: what to do, and the way past it. */
function LeaveAside({ next }: { readonly next: string }) {
  return (
    <Callout
      tone="neutral"
      title="You can leave this aside for now"
      actions={<LinkButton href={next}>Not now</LinkButton>}
    >
      Your other organizations stay open without it.
    </Callout>
  );
}

async function Overview({
  session,
  finished,
}: {
  readonly session: CurrentSession;
  readonly finished: boolean;
}) {
  const factors = await ownFactors(session);
  const bound = factors.filter((factor) => factor.since !== null).map((factor) => factor.method);
  const methods = (['totp', 'sms', 'passkey', 'email'] as const).filter((each) => !bound.includes(each));
  return (
    <>
      {finished && (
        <Callout tone="ok" role="status">
          It works. From now on sign-in asks for it. Your other sessions were signed out.
        </Callout>
      )}
      <Deadline session={session} />
      {factors.map((factor) => (
        <MethodCard key={factor.method} factor={factor} hasRivals={factors.length > 1} now={session.now} />
      ))}
      <BackupCodes session={session} />
      {methods.length > 0 && (
        <Card
          title={bound.length === 0 ? 'Choose a method' : 'Add another method'}
          description="You can have several and use any of them."
        >
          <ChoiceForm action={choose} methods={methods} bound={bound} />
        </Card>
      )}
    </>
  );
}

export default async function TwoFactorPage({ searchParams }: PageProps<'/account/two-factor'>) {
  const session = await requireSession();
  const { method, done, return_to: returnTo } = await searchParams;
  const next = typeof returnTo === 'string' ? safeReturnPath(returnTo) : null;
  const setUp = isSetUp(method);
  return (
    <>
      <PageHeader
        title="Set up two-factor authentication"
        description="A second proof besides your password, asked for at every sign-in."
        back={setUp ? { href: '/account/two-factor', label: 'All methods' } : undefined}
      />
      {setUp ? (
        <Card>
          <div className="flex flex-col gap-5">
            <SetUp session={session} method={method} />
          </div>
        </Card>
      ) : (
        <>
          {next && <LeaveAside next={next} />}
          <Overview session={session} finished={done !== undefined} />
        </>
      )}
    </>
  );
}
