import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { ruleTuple } from '@/lib/policy/password';
import { safeReturnPath } from '@/lib/policy/return-path';
import { currentSession, requireSession } from '@/lib/session/current';
import { requireStep } from '@/lib/sign-in/step';
import { ChangeReason } from '../reason';
import { StepShell } from '../step-shell';
import { ChangePasswordForm } from './form';

export const metadata: Metadata = { title: 'Change password' };

const organizationNames = (memberships: readonly { readonly name: string }[]) =>
  memberships.map(({ name }) => name);

async function AtSignIn() {
  const claimant = await requireStep('change_password');
  const { account, policy, layers, changeDue, now } = claimant;
  const organizations = organizationNames(layers.memberships);
  return (
    <StepShell
      title="Change your password"
      claimant={claimant}
      reason={changeDue && <ChangeReason due={changeDue} admins={organizations[0] ?? null} now={now} />}
    >
      <ChangePasswordForm
        occasion="sign_in"
        email={account.loginEmail}
        rules={ruleTuple(policy.values)}
        names={{ person: account.name, login: account.loginEmail, organizations }}
        reuse={policy.values.passwordReuse}
      />
    </StepShell>
  );
}

async function AsDuty({ returnTo }: { readonly returnTo: string | null }) {
  const session = await requireSession({ despite: 'duty' });
  if (session.duty?.step !== 'change_password') redirect(returnTo ?? '/account/password');
  const { policy, memberships, changeDue, now } = session;
  const organizations = organizationNames(memberships);
  return (
    <StepShell
      title="Change your password"
      claimant={null}
      organization={session.domain?.organizationName}
      reason={changeDue && <ChangeReason due={changeDue} admins={organizations[0] ?? null} now={now} />}
    >
      <ChangePasswordForm
        occasion="duty"
        email={session.loginEmail}
        rules={ruleTuple(policy.values)}
        names={{ person: session.name, login: session.loginEmail, organizations }}
        reuse={policy.values.passwordReuse}
        returnTo={returnTo}
      />
    </StepShell>
  );
}

export default async function ChangePasswordPage({ searchParams }: PageProps<'/change-password'>) {
  const { return_to } = await searchParams;
  const found = await currentSession();
  if (found.state !== 'running') return <AtSignIn />;
  return <AsDuty returnTo={safeReturnPath(typeof return_to === 'string' ? return_to : null)} />;
}
