import type { Metadata } from 'next';
import { SignInShell } from '@/components/sign-in-shell';
import { LinkButton } from '@/components/ui/link-button';
import { safeReturnPath } from '@/lib/policy/return-path';

export const metadata: Metadata = { title: 'Not available' };

/** Asks nothing of the database, since that is what does not answer. */
export default async function UnavailablePage({ searchParams }: PageProps<'/unavailable'>) {
  const { return_to: given } = await searchParams;
  const back = safeReturnPath(typeof given === 'string' ? given : null) ?? '/account';
  return (
    <SignInShell
      title="We cannot reach our own records at the moment"
      description="Nothing was changed. Try again in a minute."
    >
      <LinkButton href={back} look="primary" size="wide">
        Try again
      </LinkButton>
    </SignInShell>
  );
}
