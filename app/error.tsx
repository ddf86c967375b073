'use client';

import { SignInShell } from '@/components/sign-in-shell';
import { Button } from '@/components/ui/button';
import { LinkButton } from '@/components/ui/link-button';

type ErrorPageProps = { readonly error: Error & { readonly digest?: string }; readonly reset: () => void };

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <SignInShell
      title="Something went wrong on our side"
      description="Nothing was changed that you were not told about. Try again in a moment."
    >
      <div className="flex flex-col gap-3">
        <Button look="primary" onClick={reset} className="needs-script">
          Try again
        </Button>
        <LinkButton href="/account">Go to your account</LinkButton>
      </div>
      {error.digest && (
        <p className="text-muted text-xs">
          If you ask for help, give this reference: <code className="font-mono">{error.digest}</code>
        </p>
      )}
    </SignInShell>
  );
}
