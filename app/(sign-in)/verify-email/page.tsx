import type { Metadata } from 'next';
import { SignInShell } from '@/components/sign-in-shell';
import { TextLink } from '@/components/ui/text-link';
import { ruleTuple } from '@/lib/policy/password';
import { findSignUp } from '@/lib/sign-in/sign-up';
import { LinkGone } from '../link-gone';
import { RegistrationForm } from './form';

export const metadata: Metadata = { title: 'Create your account' };

export default async function VerifyEmailPage({ searchParams }: PageProps<'/verify-email'>) {
  const { token } = await searchParams;
  const found = typeof token === 'string' ? await findSignUp(token) : null;
  if (found === null || typeof token !== 'string')
    return <LinkGone again={{ href: '/sign-up', label: 'Ask for a new link' }} />;
  return (
    <SignInShell
      title="Create your account"
      organization={found.organization ?? undefined}
      description={
        <>
          <span className="break-all font-medium text-ink">{found.email}</span> is proven to be yours. The
          rest is up to you.
        </>
      }
      footer={<TextLink href="/login">Sign in instead</TextLink>}
    >
      <RegistrationForm token={token} email={found.email} rules={ruleTuple(found.policy.values)} />
    </SignInShell>
  );
}
