import type { Metadata } from 'next';
import { SignOutForm } from '@/app/sign-out/form';
import { SignInShell } from '@/components/sign-in-shell';
import { requireSession } from '@/lib/session/current';
import { confirmationOf } from '@/lib/sign-in/confirmation';
import { ConfirmForm } from './form';

export const metadata: Metadata = { title: 'Confirm it is you' };

type PageProps = {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
};

/** Step-up as a page of its own, for those who come by a link; forms ask within themselves. */
export default async function ConfirmPage({ searchParams }: PageProps) {
  const session = await requireSession();
  const { return_to: returnTo } = await searchParams;
  const carried = { returnTo: typeof returnTo === 'string' ? returnTo : '/account' };
  return (
    <SignInShell title="Confirm it is you" signOut={<SignOutForm />}>
      <ConfirmForm asked={await confirmationOf(session, 'strongest', carried)} />
    </SignInShell>
  );
}
