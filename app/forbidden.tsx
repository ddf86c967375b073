import Link from 'next/link';
import { Callout } from '@/components/ui/callout';
import { currentSession } from '@/lib/session/current';

/** 403: either the place is not for this role, or the domain's address list refuses where the person is. */
export default async function Forbidden() {
  const found = await currentSession();
  if (found.state === 'address_refused') {
    const { session } = found;
    return (
      <main id="main" className="mx-auto flex min-h-dvh max-w-card flex-col justify-center gap-5 px-4 py-12">
        <h1 className="font-semibold text-xl tracking-tight">You cannot work from this network</h1>
        <Callout tone="warn">
          <p>
            {session.domain?.organizationName ?? 'Your organization'} lets people of{' '}
            {session.domain?.domain ?? 'its domain'} work from certain networks only. Your address now is{' '}
            <span className="font-mono">{session.address ?? 'not known'}</span>.
          </p>
        </Callout>
        <p className="text-muted">
          You are still signed in. Go back to a network that is allowed, or ask an owner of{' '}
          {session.domain?.organizationName ?? 'your organization'} to add this address.
        </p>
      </main>
    );
  }
  return (
    <main id="main" className="mx-auto flex min-h-dvh max-w-card flex-col justify-center gap-5 px-4 py-12">
      <h1 className="font-semibold text-xl tracking-tight">This is not for your role</h1>
      <p className="text-muted">
        Your role in this organization does not reach this page or action, and nothing was changed. An owner
        can change your role.
      </p>
      <p>
        <Link href="/account" className="link">
          Back to your account
        </Link>
      </p>
    </main>
  );
}
