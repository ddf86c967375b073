import type { Metadata } from 'next';
import { DeskLink } from '@/app/(sign-in)/desk-link';
import { OriginForm } from '@/app/(sign-in)/origin/form';
import { StepShell } from '@/app/(sign-in)/step-shell';
import { ChoiceForm } from '@/app/factor-set-up/choice-form';
import { PasskeySetUp } from '@/app/factor-set-up/passkey-set-up';
import { SmsSetUp } from '@/app/factor-set-up/sms-set-up';
import { TotpSetUp } from '@/app/factor-set-up/totp-set-up';
import { Moment } from '@/components/ui/moment';
import { TextLink } from '@/components/ui/text-link';
import { adminsAround } from '@/lib/account/code-screen';
import { smsScreen, totpScreen } from '@/lib/account/set-up-screen';
import type { Mandate } from '@/lib/policy/mandate';
import { type FactorMethod, factorStrength } from '@/lib/policy/second-factor';
import type { Claimant } from '@/lib/sign-in/facts';
import { originState } from '@/lib/sign-in/origin';
import { requireStep } from '@/lib/sign-in/step';
import { helpers } from '../second-factor/code-help';
import { askForNewPasskey, choose, finishPasskey, finishSms, finishTotp, sendToNumber } from './actions';

export const metadata: Metadata = { title: 'Set up two-factor authentication' };

const enrollable = ['totp', 'sms', 'passkey'] as const satisfies readonly FactorMethod[];

/** Who demands it: what is overdue comes before what is still to come. */
const demandOf = ({ factors }: Claimant) => factors.deadlines[0] ?? factors.next;

const ruleOf = ({ kind, name }: Mandate): string => {
  switch (kind) {
    case 'organization':
      return `The two-factor rule of ${name}`;
    case 'domain':
      return `The policy of ${name}`;
    case 'programme':
      return name;
  }
};

async function Reason({ claimant }: { readonly claimant: Claimant }) {
  const { now, account, factors } = claimant;
  const demand = demandOf(claimant);
  const named = helpers(await adminsAround(account.id));
  return (
    <>
      <p>
        {demand ? (
          <>
            {ruleOf(demand.mandate)} requires two-factor authentication since{' '}
            <Moment at={demand.mandate.effectiveFrom} now={now} show="absolute" />. It was due{' '}
            <Moment at={demand.deadline} now={now} />.
          </>
        ) : (
          'Your organization requires two-factor authentication.'
        )}{' '}
        Until it is set up you cannot go on.
      </p>
      {factors.requiredStrength > 2 && (
        <p>A text message is not enough here: the rule asks for a stronger method.</p>
      )}
      {named !== '' && <p>Questions? Ask {named}.</p>}
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
    <StepShell
      claimant={claimant}
      title="Set up two-factor authentication"
      reason={<Reason claimant={claimant} />}
    >
      {origin.state === 'needed' ? (
        <>
          <OriginForm step="enroll_second_factor" to={origin.to} reference={origin.sent?.reference ?? null} />
          <DeskLink />
        </>
      ) : (
        <SetUp claimant={claimant} method={chosen} />
      )}
      {chosen && (
        <p className="border-line border-t pt-4 text-sm">
          <TextLink href="/enroll">Choose another method</TextLink>
        </p>
      )}
    </StepShell>
  );
}
