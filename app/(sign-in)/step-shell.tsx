import type { ReactNode } from 'react';
import { SignOutForm } from '@/app/sign-out/form';
import { SignInShell } from '@/components/sign-in-shell';
import { TextLink } from '@/components/ui/text-link';
import type { Claimant } from '@/lib/sign-in/facts';
import { wayOf } from '@/lib/sign-in/way';

type StepShellProps = {
  readonly title: string;
  /** Null for a duty of a running session, which is no step of a sign-in. */
  readonly claimant: Claimant | null;
  readonly organization?: string | undefined;
  readonly reason?: ReactNode;
  readonly description?: ReactNode;
  readonly children: ReactNode;
};

/** The card of a forced step: where it stands in the row, why it is asked, and the way out. */
export function StepShell({ claimant, organization, children, ...rest }: StepShellProps) {
  return (
    <SignInShell
      {...rest}
      organization={organization ?? claimant?.layers.domain?.organizationName}
      steps={claimant ? wayOf(claimant) : undefined}
      signOut={<SignOutForm />}
      footer={<TextLink href="/security-changes">About security changes</TextLink>}
    >
      {children}
    </SignInShell>
  );
}
