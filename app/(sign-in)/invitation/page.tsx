import type { Metadata } from 'next';
import { SignOutForm } from '@/app/sign-out/form';
import { SignInShell } from '@/components/sign-in-shell';
import { LinkButton } from '@/components/ui/link-button';
import { Moment } from '@/components/ui/moment';
import { type FoundInvitation, findInvitation } from '@/lib/organization/invitation-acceptance';
import { ruleTuple } from '@/lib/policy/password';
import { currentSession } from '@/lib/session/current';
import { hasProvenAccount } from '@/lib/sign-in/invitation';
import { registrationPolicy } from '@/lib/sign-in/registration';
import { LinkGone } from '../link-gone';
import { AcceptForm, InvitedForm } from './form';

export const metadata: Metadata = { title: 'Invitation' };

type Invited = { readonly found: FoundInvitation; readonly token: string };

/** Accepting needs a session of exactly the invited account, or makes that account. */
async function Way({ found, token }: Invited) {
  const session = await currentSession();
  if (session.state === 'running') {
    const { loginEmail } = session.session;
    if (loginEmail === found.email) return <AcceptForm token={token} />;
    return (
      <div className="flex flex-col gap-4">
        <p>
          You are signed in as <span className="break-all font-medium">{loginEmail}</span>, but the invitation
          is for another address. Sign out, then open the link again.
        </p>
        <SignOutForm />
      </div>
    );
  }
  if (await hasProvenAccount(found.email)) {
    const back = encodeURIComponent(`/invitation?token=${token}`);
    return (
      <div className="flex flex-col gap-4">
        <p>You have an account with this address. Sign in with it to accept.</p>
        <div>
          <LinkButton href={`/login?return_to=${back}`}>Sign in</LinkButton>
        </div>
      </div>
    );
  }
  const { values } = await registrationPolicy(found.email, found);
  return (
    <InvitedForm
      token={token}
      email={found.email}
      organization={found.organization}
      rules={ruleTuple(values)}
    />
  );
}

export default async function InvitationPage({ searchParams }: PageProps<'/invitation'>) {
  const { token } = await searchParams;
  const found = typeof token === 'string' ? await findInvitation(token) : null;
  if (typeof token !== 'string' || found === null || found.state !== 'open') return <LinkGone again={null} />;
  return (
    <SignInShell
      title={`Join ${found.organization}`}
      organization={found.organization}
      description={
        <p>
          {found.invitedBy ?? 'Somebody'} invited <span className="break-all">{found.email}</span>. Open until{' '}
          <Moment at={found.expiresAt} show="absolute" />.
        </p>
      }
    >
      <Way found={found} token={token} />
    </SignInShell>
  );
}
