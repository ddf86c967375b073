import type { Metadata } from 'next';
import { SignInShell } from '@/components/sign-in-shell';
import { LinkButton } from '@/components/ui/link-button';
import { TextLink } from '@/components/ui/text-link';
import { currentSession } from '@/lib/session/current';
import { NotMeForm } from './form';

export const metadata: Metadata = { title: 'This wasn’t me' };

function Steps({ items }: { readonly items: readonly string[] }) {
  return (
    <ol className="list-decimal space-y-1.5 pl-5">
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ol>
  );
}

const SignedIn = () => (
  <SignInShell
    title="This wasn’t me"
    description="If somebody else signed in or changed something, shut them out now. You need your mailbox to come back."
    footer={<TextLink href="/account/activity">It was me, go back</TextLink>}
  >
    <Steps
      items={[
        'Every session ends, this one too.',
        'Every browser you signed in from before counts as new.',
        'We mail you a link to set a new password.',
      ]}
    />
    <NotMeForm />
  </SignInShell>
);

const Done = () => (
  <SignInShell
    title="Everybody is signed out"
    description="Every session has ended, and no browser is known any more. A link to set a new password is on its way to your contact email, or to your login email if you have none."
  >
    <p>
      After that, look at your second factors and your contact email: remove what is not yours. No mail after
      a few minutes? Ask for it again.
    </p>
    <LinkButton href="/forgot-password">Send the link again</LinkButton>
  </SignInShell>
);

const SignedOut = () => (
  <SignInShell
    title="This wasn’t me"
    description="If somebody else signed in or changed something, set a new password. That ends every session and makes every browser count as new."
    footer={<TextLink href="/login?return_to=%2Fnot-me">Sign in instead</TextLink>}
  >
    <LinkButton href="/forgot-password" look="primary">
      Send me a reset link
    </LinkButton>
  </SignInShell>
);

type NotMePageProps = { readonly searchParams: Promise<{ readonly done?: string | string[] }> };

/** Where every security mail and every row of activity lead to; it works for whoever is signed out as well. */
export default async function NotMePage({ searchParams }: NotMePageProps) {
  const [{ state }, { done }] = [await currentSession(), await searchParams];
  if (state === 'running') return <SignedIn />;
  return done === undefined ? <SignedOut /> : <Done />;
}
