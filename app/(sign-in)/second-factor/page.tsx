import type { Metadata } from 'next';
import { DemoLink, DeskLink } from '@/app/(sign-in)/desk-link';
import { StepShell } from '@/app/(sign-in)/step-shell';
import { Badge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { Moment } from '@/components/ui/moment';
import { TextLink } from '@/components/ui/text-link';
import { adminsAround } from '@/lib/account/code-screen';
import { sendRefusalText } from '@/lib/account/refusal-text';
import type { ProofMethod } from '@/lib/policy/second-factor';
import type { Claimant } from '@/lib/sign-in/facts';
import { chosenMethod, codeOfSignIn, maskOf } from '@/lib/sign-in/second-factor';
import { requireStep } from '@/lib/sign-in/step';
import { NoCode, SafeSender, SlowMail } from './code-help';
import { CodeForm, PasskeyStep, SendAgainForm } from './form';
import { HandOverStep } from './hand-over-step';

export const metadata: Metadata = { title: 'Verification code' };

const names: Readonly<Record<ProofMethod, string>> = {
  email: 'Emailed code',
  sms: 'SMS text message',
  totp: 'Authentication app',
  passkey: 'Passkey',
  backup: 'Backup code',
};

const at = (method: ProofMethod) => `/second-factor?method=${method}`;

function Choice({ claimant }: { readonly claimant: Claimant }) {
  return (
    <ul className="divide-y divide-line rounded-md border border-line">
      {claimant.factors.offered.map((method) => (
        <li key={method} className="flex flex-wrap items-baseline justify-between gap-2 px-4 py-3">
          <TextLink href={at(method)}>{method === 'backup' ? 'Use a backup code' : names[method]}</TextLink>
          <span className="flex items-baseline gap-3">
            <span className="font-mono text-muted text-sm">{maskOf(claimant, method)}</span>
            {method === 'email' && <Badge tone="warn">Weak</Badge>}
          </span>
        </li>
      ))}
    </ul>
  );
}

async function SentStep({
  claimant,
  method,
}: {
  readonly claimant: Claimant;
  readonly method: 'email' | 'sms';
}) {
  const { sent, refusal, screen } = await codeOfSignIn(claimant, method);
  return (
    <>
      {method === 'email' && claimant.account.contactEmailBouncedAt !== null && (
        <Callout tone="warn" title="Mail to this address comes back">
          Try another way, or ask an admin of your organization to reset your contact email.
        </Callout>
      )}
      {refusal && <Callout tone="warn">{sendRefusalText(refusal, claimant.now)}</Callout>}
      {sent ? (
        <p className="text-muted">
          We sent a code to <span className="font-mono text-ink">{maskOf(claimant, method)}</span>. Its
          letters are <strong className="font-mono text-ink">{sent.reference}</strong>; it works until{' '}
          <Moment at={sent.expiresAt} now={claimant.now} show="absolute" />.
        </p>
      ) : (
        !refusal && <p className="text-muted">The last code no longer works. Send a new one.</p>
      )}
      <DeskLink />
      <SlowMail screen={screen} />
      <CodeForm method={method} />
      <SendAgainForm method={method} />
      {method === 'email' && (
        <>
          <SafeSender screen={screen} />
          <p className="text-muted text-sm">
            Codes by email are the weakest second factor: whoever reads your mail can sign in. An
            authentication app is stronger.
          </p>
        </>
      )}
      <NoCode admins={await adminsAround(claimant.account.id)} email={method === 'email'} />
    </>
  );
}

function Step({ claimant, method }: { readonly claimant: Claimant; readonly method: ProofMethod | null }) {
  const { frozenUntil } = claimant.account;
  switch (method) {
    case null:
      return (
        <Callout tone="bad" title="No way to prove it is you">
          Somebody who reads your mail put your account on hold, so no codes are mailed
          {frozenUntil !== null && (
            <>
              {' '}
              until <Moment at={frozenUntil} now={claimant.now} />
            </>
          )}
          . Try again then, or ask an admin of your organization.
        </Callout>
      );
    case 'email':
    case 'sms':
      return <SentStep claimant={claimant} method={method} />;
    case 'passkey':
      return <PasskeyStep />;
    case 'totp':
      return (
        <>
          <p className="text-muted">Enter the six digits that your authentication app shows now.</p>
          <CodeForm method="totp" />
          <DemoLink />
        </>
      );
    case 'backup':
      return <CodeForm method="backup" />;
  }
}

function OtherWays({
  claimant,
  method,
}: {
  readonly claimant: Claimant;
  readonly method: ProofMethod | null;
}) {
  const { offered } = claimant.factors;
  if (offered.length < 2) return null;
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-2 border-line border-t pt-4 text-sm">
      <TextLink href="/second-factor?choose=1">Try another way</TextLink>
      {method !== 'backup' && offered.includes('backup') && (
        <TextLink href={at('backup')}>Use a backup code</TextLink>
      )}
    </p>
  );
}

export default async function SecondFactorPage({ searchParams }: PageProps<'/second-factor'>) {
  const claimant = await requireStep('second_factor');
  if (claimant.handOver !== null) return <HandOverStep claimant={claimant} handOver={claimant.handOver} />;
  const asked = await searchParams;
  const method = chosenMethod(claimant, typeof asked.method === 'string' ? asked.method : undefined);
  const choosing = asked.choose !== undefined;
  return (
    <StepShell
      claimant={claimant}
      title={choosing ? 'Try another way' : 'Verification code'}
      reason={
        <p>
          Your account has two-factor authentication: besides the password, every sign-in asks for a second
          proof.
        </p>
      }
    >
      {choosing ? <Choice claimant={claimant} /> : <Step claimant={claimant} method={method} />}
      {!choosing && <OtherWays claimant={claimant} method={method} />}
    </StepShell>
  );
}
