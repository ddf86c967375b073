import type { Metadata } from 'next';
import { SignInShell } from '@/components/sign-in-shell';
import { TextLink } from '@/components/ui/text-link';
import { LinkGone } from '../link-gone';
import { MailedLinkForm } from '../mailed-link/form';

export const metadata: Metadata = { title: 'Put your account on hold' };

export default async function HoldPage({ searchParams }: PageProps<'/hold'>) {
  const { token } = await searchParams;
  if (typeof token !== 'string') return <LinkGone again={null} />;
  return (
    <SignInShell
      title="Put your account on hold"
      description="For 72 hours nothing about how you sign in can be changed with a mailbox or a password alone. Sign-ins that are under way end now."
      footer={<TextLink href="/login">Sign in</TextLink>}
    >
      <MailedLinkForm act="hold" token={token} label="Hold my account for 72 hours" />
    </SignInShell>
  );
}
