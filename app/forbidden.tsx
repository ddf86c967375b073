import { SignInShell } from '@/components/sign-in-shell';
import { Callout } from '@/components/ui/callout';
import { LinkButton } from '@/components/ui/link-button';
import { currentSession, type SessionState } from '@/lib/session/current';

type Refused = Extract<SessionState, { readonly state: 'address_refused' }>['session'];

/** The domain's address list refuses where the person is. */
function WrongNetwork({ session }: { readonly session: Refused }) {
  const organization = session.domain?.organizationName ?? 'Your organization';
  return (
    <SignInShell title="You cannot work from this network" organization={session.domain?.organizationName}>
      <Callout tone="warn">
        <p>
          {organization} lets people of {session.domain?.domain ?? 'its domain'} work from certain networks
          only. Your address now is{' '}
          <span className="break-all font-mono">{session.address ?? 'not known'}</span>.
        </p>
      </Callout>
      <p className="text-muted">
        You are still signed in. Go back to a network that is allowed, or ask an owner of{' '}
        {session.domain?.organizationName ?? 'your organization'} to add this address.
      </p>
    </SignInShell>
  );
}

/** 403: either the place is not for this role, or the network is not one that is allowed. */
export default async function Forbidden() {
  const found = await currentSession();
  if (found.state === 'address_refused') return <WrongNetwork session={found.session} />;
  return (
    <SignInShell
      title="This is not for your role"
      description="Your role in this organization does not reach this page or action, and nothing was changed. An owner can change your role."
    >
      <LinkButton href="/account" look="primary">
        Go to your account
      </LinkButton>
    </SignInShell>
  );
}
