import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { contactCodeUnderWay } from '@/lib/sign-in/contact-step';
import { originState } from '@/lib/sign-in/origin';
import { DeskLink } from '../desk-link';
import { OriginForm } from '../origin/form';
import { Sources } from '../reason';
import { StepShell } from '../step-shell';
import { ContactCodeForm, ContactEmailForm, NotNowForm } from './form';
import { whoIsHere } from './who';

export const metadata: Metadata = { title: 'Contact email' };

export default async function ContactEmailPage({ searchParams }: PageProps<'/contact-email'>) {
  const who = await whoIsHere();
  const { claimant, session } = who;
  const { policy, now } = claimant ?? session;
  const required = policy.settings.contactEmailRequired;
  const account = claimant ? claimant.account : session;
  const wasReset = claimant !== null && claimant.account.contactEmailResetAt !== null;
  const reason =
    wasReset || required.value ? (
      <>
        {wasReset && <p>An admin of your organization reset your contact email. Enter one that you read.</p>}
        {required.value && <Sources sources={required.sources} now={now} />}
      </>
    ) : undefined;
  const isOther = (await searchParams).other !== undefined;
  const origin = claimant && isOther ? await originState(claimant, 'enter_other_email') : null;
  const shell = (children: ReactNode) => (
    <StepShell
      title="Verify your contact email"
      claimant={claimant}
      organization={session?.domain?.organizationName}
      reason={reason}
    >
      {children}
      <DeskLink />
    </StepShell>
  );
  if (origin?.state === 'needed')
    return shell(
      <OriginForm step="contact_email" to={origin.to} reference={origin.sent?.reference ?? null} />,
    );
  const sent = await contactCodeUnderWay(who);
  return shell(
    <>
      {sent && <ContactCodeForm reference={sent.reference} />}
      <ContactEmailForm email={account.contactEmail ?? account.loginEmail} isSent={sent !== null} />
      {claimant && !claimant.isContactEmailDue && <NotNowForm />}
    </>,
  );
}
