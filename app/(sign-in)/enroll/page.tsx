import type { Metadata } from 'next';
import { DeskLink, NoCode, SafeSender, SlowMail } from '@/app/(sign-in)/second-factor/code-help';
import { ChoiceForm } from '@/app/factor-set-up/choice-form';
import { ButtonForm, SetUpCodeForm } from '@/app/factor-set-up/code-form';
import { PasskeySetUp } from '@/app/factor-set-up/passkey-set-up';
import { SmsSetUp } from '@/app/factor-set-up/sms-set-up';
import { TotpSetUp } from '@/app/factor-set-up/totp-set-up';
import { SignOutForm } from '@/app/sign-out/form';
import { SignInShell } from '@/components/sign-in-shell';
import { Moment } from '@/components/ui/moment';
import { TextLink } from '@/components/ui/text-link';
import { adminsAround, codeScreen } from '@/lib/account/code-screen';
import { smsScreen, totpScreen } from '@/lib/account/set-up-screen';
import { type FactorMethod, factorStrength } from '@/lib/policy/second-factor';
import type { Claimant } from '@/lib/sign-in/facts';
import { originState } from '@/lib/sign-in/origin';
import { requireStep } from '@/lib/sign-in/step';
import { askForNewPasskey, choose, finishPasskey, finishSms, finishTotp, sendToNumber } from './actions';
import { sendOrigin, verifyOrigin } from './origin-actions';

export const metadata: Metadata = { title: 'Set up two-factor authentication' };

const enrollable = ['totp', 'sms', 'passkey'] as const satisfies readonly FactorMethod[];

function Reason({ claimant }: { readonly claimant: Claimant }) {
  const { next, requiredStrength } = claimant.factors;
  return (
    <>
      <p>
        {next ? (
          <>
            {next.mandate.name} requires two-factor authentication since{' '}
            <Moment at={next.mandate.effectiveFrom} now={claimant.now} show="absolute" />. It was due{' '}
            <Moment at={next.deadline} now={claimant.now} />.
          </>
        ) : (
          'Your organization requires two-factor authentication.'
        )}{' '}
        Until it is set up you cannot go on.
      </p>
      {requiredStrength > 2 && <p>A text message is not enough here: the rule asks for a stronger method.</p>}
      <p>
        <TextLink href="/security-changes">What changes and why</TextLink>
      </p>
    </>
  );
}

type OriginProps = { readonly claimant: Claimant; readonly to: string; readonly sent: boolean };

/** A stolen password alone must not bind the thief's own factor: first a code to a mailbox proven before. */
async function Origin({ claimant, to, sent }: OriginProps) {
  const screen = codeScreen(claimant.account.contactEmail ?? claimant.account.loginEmail);
  return (
    <>
      <p className="text-muted">
        First confirm that it is you: we mail a code to <span className="font-mono text-ink">{to}</span>.
      </p>
      <DeskLink screen={screen} />
      {sent && <SlowMail screen={screen} />}
      {sent && <SetUpCodeForm action={verifyOrigin} />}
      <ButtonForm
        action={sendOrigin}
        label={sent ? 'Send a new code' : 'Send code'}
        look={sent ? 'secondary' : 'primary'}
      />
      {sent && <SafeSender screen={screen} />}
      {sent && <NoCode admins={await adminsAround(claimant.account.id)} email />}
    </>
  );
}

async function SetUp({ claimant, method }: { readonly claimant: Claimant; readonly method: string }) {
  const who = { accountId: claimant.account.id, binding: { attemptId: claimant.attempt.id } };
  switch (method) {
    case 'totp':
      return (
        <TotpSetUp
          pending={await totpScreen(who, claimant.account.loginEmail)}
          choose={choose}
          confirm={finishTotp}
        />
      );
    case 'sms':
      return (
        <SmsSetUp {...(await smsScreen(who))} send={sendToNumber} confirm={finishSms} now={claimant.now} />
      );
    case 'passkey':
      return <PasskeySetUp begin={askForNewPasskey} finish={finishPasskey} />;
    default: {
      const { requiredStrength, methods } = claimant.factors;
      const strong = enrollable.filter((each) => factorStrength[each] >= requiredStrength);
      return <ChoiceForm action={choose} methods={strong} bound={methods} />;
    }
  }
}

export default async function EnrollPage({ searchParams }: PageProps<'/enroll'>) {
  const claimant = await requireStep('enroll_second_factor');
  const origin = await originState(claimant, 'enroll');
  const { method } = await searchParams;
  const chosen = typeof method === 'string' ? method : '';
  return (
    <SignInShell
      title="Set up two-factor authentication"
      reason={<Reason claimant={claimant} />}
      signOut={<SignOutForm />}
      footer={chosen && <TextLink href="/enroll">Choose another method</TextLink>}
    >
      {origin.state === 'needed' ? (
        <Origin claimant={claimant} to={origin.to} sent={origin.sent !== null} />
      ) : (
        <SetUp claimant={claimant} method={chosen} />
      )}
    </SignInShell>
  );
}
