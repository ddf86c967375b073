import type { Metadata } from 'next';
import { SignInShell } from '@/components/sign-in-shell';
import { TextLink } from '@/components/ui/text-link';
import { DeskLink } from '../desk-link';
import { ForgotPasswordForm } from './form';

export const metadata: Metadata = { title: 'Forgot password' };

export default function ForgotPasswordPage() {
  return (
    <SignInShell
      title="Forgot your password?"
      description="We mail you a link with which you set a new one. It works once, for 15 minutes."
      footer={<TextLink href="/login">Back to sign in</TextLink>}
    >
      <ForgotPasswordForm />
      <DeskLink />
    </SignInShell>
  );
}
