import { SignInShell } from '@/components/sign-in-shell';
import { LinkButton } from '@/components/ui/link-button';
import { TextLink } from '@/components/ui/text-link';

type LinkGoneProps = { readonly again: { readonly href: string; readonly label: string } | null };

/** A mailed link that was used, withdrawn, replaced or is too old; which of them is not told. */
export function LinkGone({ again }: LinkGoneProps) {
  return (
    <SignInShell
      title="This link does not work any more"
      description="It was used already, was replaced by a newer one, or is too old."
      footer={<TextLink href="/login">Sign in</TextLink>}
    >
      {again ? (
        <LinkButton href={again.href} look="primary" size="wide">
          {again.label}
        </LinkButton>
      ) : (
        <p>Ask whoever sent it for a new one.</p>
      )}
    </SignInShell>
  );
}
