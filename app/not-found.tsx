import type { Metadata } from 'next';
import { SignInShell } from '@/components/sign-in-shell';
import { LinkButton } from '@/components/ui/link-button';

export const metadata: Metadata = { title: 'Page not found' };

export default function NotFound() {
  return (
    <SignInShell
      title="This page does not exist"
      description="The address may be mistyped, or what it showed is not yours to see or is gone."
    >
      <LinkButton href="/account" look="primary">
        Go to your account
      </LinkButton>
    </SignInShell>
  );
}
