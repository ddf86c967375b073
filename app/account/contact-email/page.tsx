import type { Metadata } from 'next';
import { DeskLink } from '@/app/(sign-in)/desk-link';
import { Badge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { KeyValues } from '@/components/ui/key-values';
import { Moment } from '@/components/ui/moment';
import { PageHeader } from '@/components/ui/page-header';
import type { Tone } from '@/components/ui/state';
import { loadOverview } from '@/lib/account/overview';
import type { ContactEmailStanding } from '@/lib/policy/contact-email';
import { type CurrentSession, requireSession } from '@/lib/session/current';
import { contactCodeUnderWay } from '@/lib/sign-in/contact-step';
import { ContactEmailForms } from './form';

export const metadata: Metadata = { title: 'Contact email' };

const states: Readonly<Record<ContactEmailStanding, { readonly tone: Tone; readonly word: string }>> = {
  verified: { tone: 'ok', word: 'Verified' },
  unverified: { tone: 'warn', word: 'Not verified' },
  bounced: { tone: 'bad', word: 'Mail comes back' },
  missing: { tone: 'warn', word: 'Missing' },
};

type AddressesProps = { readonly session: CurrentSession; readonly standing: ContactEmailStanding };

function Addresses({ session, standing }: AddressesProps) {
  const { contactEmail, contactEmailProvenAt, loginEmail, now } = session;
  const { tone, word } = states[standing];
  const isProven = contactEmailProvenAt !== null;
  return (
    <Card>
      <KeyValues
        items={[
          {
            label: 'Contact email',
            value: (
              <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
                {contactEmail !== null && <span className="wrap-anywhere font-medium">{contactEmail}</span>}
                <Badge tone={tone}>{word}</Badge>
              </span>
            ),
          },
          ...(isProven ? [{ label: 'Since', value: <Moment at={contactEmailProvenAt} now={now} /> }] : []),
          {
            label: 'Security mail goes to',
            value: <span className="wrap-anywhere">{isProven ? contactEmail : loginEmail}</span>,
          },
          { label: 'Login email', value: <span className="wrap-anywhere">{loginEmail}</span> },
        ]}
      />
    </Card>
  );
}

export default async function ContactEmailPage() {
  const session = await requireSession();
  const [{ contactEmail: standing, frozenUntil }, sent] = await Promise.all([
    loadOverview(session),
    contactCodeUnderWay({ claimant: null, session }),
  ]);
  const isProven = session.contactEmailProvenAt !== null;
  return (
    <>
      <PageHeader
        title="Contact email"
        description="Everything about the security of your sign-in is mailed here: codes, resets and warnings."
      />
      {frozenUntil !== null && (
        <Callout tone="warn" title="Your addresses are on hold">
          <p>
            Somebody who reads your mail asked for it. Until <Moment at={frozenUntil} now={session.now} /> a
            password or a mailbox alone changes nothing about them; your second factor does.
          </p>
        </Callout>
      )}
      <Addresses session={session} standing={standing} />
      <ContactEmailForms
        current={session.contactEmail}
        isProven={isProven}
        suggested={isProven ? '' : (session.contactEmail ?? session.loginEmail)}
        sent={sent && { reference: sent.reference }}
      />
      {sent && <DeskLink />}
    </>
  );
}
