import type { Metadata } from 'next';
import { SignInShell } from '@/components/sign-in-shell';
import { TextLink } from '@/components/ui/text-link';
import { ruleTuple } from '@/lib/policy/password';
import { findReset } from '@/lib/sign-in/reset';
import { LinkGone } from '../link-gone';
import { ResetPasswordForm } from './form';

export const metadata: Metadata = { title: 'Set a new password' };

export default async function ResetPasswordPage({ searchParams }: PageProps<'/reset-password'>) {
  const { token } = await searchParams;
  const found = typeof token === 'string' ? await findReset(token) : null;
  if (found === null || typeof token !== 'string')
    return <LinkGone again={{ href: '/forgot-password', label: 'Ask for a new link' }} />;
  return (
    <SignInShell
      title="Set a new password"
      description="Afterwards you sign in with it as usual. All sessions of your account end."
      footer={<TextLink href="/login">Back to sign in</TextLink>}
    >
      <ResetPasswordForm
        token={token}
        email={found.loginEmail}
        rules={ruleTuple(found.policy.values)}
        names={{ person: found.name, login: found.loginEmail, organizations: [] }}
        reuse={found.policy.values.passwordReuse}
      />
    </SignInShell>
  );
}
