import { Building2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Brand } from './brand';
import { StepRow } from './ui/step-row';
import { Unbroken } from './ui/unbroken';

type SignInShellProps = {
  readonly title: string;
  /** The organization on whose account the person is here, where it is known. */
  readonly organization?: string | undefined;
  readonly steps?: { readonly names: readonly string[]; readonly current: number } | undefined;
  /** Why this step is asked for: who asks, by which rule, since when, until when, whom to ask. */
  readonly reason?: ReactNode;
  readonly description?: ReactNode;
  /** A form with one quiet button, on every forced step. */
  readonly signOut?: ReactNode;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
};

/** One card and nothing else to do. */
export function SignInShell(props: SignInShellProps) {
  const { title, organization, steps, reason, description, signOut, footer, children } = props;
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-card flex-col gap-6 px-4 py-6 sm:justify-center sm:py-12">
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <Brand />
        {organization && (
          <p className="flex items-center gap-1.5 text-muted text-sm">
            <Building2 aria-hidden className="size-4" />
            <span className="sr-only">Organization: </span>
            {organization}
          </p>
        )}
      </header>
      <main
        id="main"
        data-card="sign-in"
        className="flex flex-col gap-5 rounded-md border border-line bg-surface p-5 sm:p-7"
      >
        {steps && <StepRow steps={steps.names} current={steps.current} />}
        <div className="flex flex-col gap-2">
          <h1 className="font-semibold text-lg tracking-tight">
            <Unbroken>{title}</Unbroken>
          </h1>
          {description && <div className="text-muted">{description}</div>}
        </div>
        {reason && <div className="space-y-2 border-edge border-l-2 pl-3 text-sm">{reason}</div>}
        {children}
      </main>
      {(footer || signOut) && (
        <footer className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 text-muted text-sm">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">{footer}</div>
          {signOut && <div className="-mr-4">{signOut}</div>}
        </footer>
      )}
    </div>
  );
}
