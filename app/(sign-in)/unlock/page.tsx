import type { Metadata } from 'next';
import { SignInShell } from '@/components/sign-in-shell';
import { TextLink } from '@/components/ui/text-link';
import { LinkGone } from '../link-gone';
import { MailedLinkForm } from '../mailed-link/form';

export const metadata: Metadata = { title: 'Unlock your account' };

export default async function UnlockPage({ searchParams }: PageProps<'/unlock'>) {
  const { token } = await searchParams;
  if (typeof token !== 'string') return <LinkGone again={null} />;
  return (
    <SignInShell
      title="Unlock your account"
      description="Every count of wrong passwords and codes starts again."
      footer={<TextLink href="/login">Sign in</TextLink>}
    >
      <MailedLinkForm act="unlock" token={token} label="Unlock my account" />
    </SignInShell>
  );
}
