import type { Metadata } from 'next';
import { SignInShell } from '@/components/sign-in-shell';
import { TextLink } from '@/components/ui/text-link';
import { LinkGone } from '../link-gone';
import { MailedLinkForm } from '../mailed-link/form';

export const metadata: Metadata = { title: 'Freeze your account' };

export default async function FreezePage({ searchParams }: PageProps<'/freeze'>) {
  const { token } = await searchParams;
  if (typeof token !== 'string') return <LinkGone again={null} />;
  return (
    <SignInShell
      title="Freeze your account"
      description="For 72 hours no reset and no code goes to either address alone, and your contact email stays as it is."
      footer={<TextLink href="/login">Sign in</TextLink>}
    >
      <MailedLinkForm act="freeze" token={token} label="Freeze my account for 72 hours" />
    </SignInShell>
  );
}
