import type { Metadata } from 'next';
import { SignInShell } from '@/components/sign-in-shell';
import { TextLink } from '@/components/ui/text-link';
import { DeskLink } from '../desk-link';
import { SignUpForm } from './form';

export const metadata: Metadata = { title: 'Create an account' };

export default function SignUpPage() {
  return (
    <SignInShell
      title="Create an account"
      description="First we make sure that the address is yours. Nothing is created before."
      footer={<TextLink href="/login">Sign in instead</TextLink>}
    >
      <SignUpForm />
      <DeskLink />
    </SignInShell>
  );
}
