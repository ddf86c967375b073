import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignInShell } from '@/components/sign-in-shell';
import { Callout } from '@/components/ui/callout';
import { Moment } from '@/components/ui/moment';
import { TextLink } from '@/components/ui/text-link';
import { safeReturnPath } from '@/lib/policy/return-path';
import { currentSession, type SessionState } from '@/lib/session/current';
import { DemoLink } from '../desk-link';
import { LoginForm } from './form';
import { PasskeySignIn } from './passkey-sign-in';
import { endedTexts, errorText, noticeText } from './words';

export const metadata: Metadata = { title: 'Sign in' };

function Ended({ found }: { readonly found: SessionState }) {
  if (found.state !== 'ended' || found.reason === 'signed_out') return null;
  return (
    <Callout tone="warn" role="status" title={endedTexts[found.reason]}>
      <p className="text-sm">
        {found.detail && <>{found.detail}, </>}
        <Moment at={found.at} show="absolute" />
      </p>
    </Callout>
  );
}

const one = (value: string | string[] | undefined) => (typeof value === 'string' ? value : undefined);

export default async function LoginPage({ searchParams }: PageProps<'/login'>) {
  const query = await searchParams;
  const returnTo = safeReturnPath(one(query.return_to));
  const found = await currentSession();
  if (found.state === 'running') redirect(returnTo ?? '/account');
  const error = errorText(one(query.error));
  const notice = noticeText(one(query.notice));
  return (
    <SignInShell
      title="Sign in"
      footer={
        <>
          <TextLink href="/sign-up">Create an account</TextLink>
          <TextLink href="/security-changes">Security changes</TextLink>
        </>
      }
    >
      {error ? <Callout tone="warn" role="status" title={error} /> : <Ended found={found} />}
      {notice && <Callout tone="ok" role="status" title={notice} />}
      <LoginForm returnTo={returnTo} />
      <PasskeySignIn returnTo={returnTo} />
      <DemoLink />
    </SignInShell>
  );
}
