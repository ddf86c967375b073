import { Disclosure } from '@/components/disclosure';
import { Callout } from '@/components/ui/callout';
import { CodeText } from '@/components/ui/code-text';
import { CopyButton } from '@/components/ui/copy-button';
import type { Admins, CodeScreen } from '@/lib/account/code-screen';

const list = new Intl.ListFormat('en', { type: 'disjunction' });

/** "Ann or Ben of Northwind; Cy of Harbor"; empty where nobody is there to ask. */
export const helpers = (admins: readonly Admins[]) =>
  admins.map(({ organization, names }) => `${list.format(names)} of ${organization}`).join('; ');

/** The sender's address for safe senders, with its copy button. */
export function SafeSender({ screen }: { readonly screen: CodeScreen }) {
  return (
    <div className="flex flex-col gap-2 text-sm">
      <p className="text-muted">Add our address to your safe senders, so that codes reach you in time:</p>
      <p className="flex flex-wrap items-center gap-3">
        <CodeText>{screen.sender}</CodeText>
        <CopyButton text={screen.sender} accessibleLabel="Copy sender address" />
      </p>
    </div>
  );
}

export function SlowMail({ screen }: { readonly screen: CodeScreen }) {
  if (!screen.slow) return null;
  return (
    <Callout tone="warn" title="Your mail provider is often late">
      Codes may take a few minutes to arrive. Give it two minutes before you ask for a new one.
    </Callout>
  );
}

/** The three remedies for a code that does not come. */
export function NoCode({ admins, email }: { readonly admins: readonly Admins[]; readonly email: boolean }) {
  const named = helpers(admins);
  const anAdmin = named === '' ? 'an admin of your organization' : `an admin (${named})`;
  return (
    <Disclosure summary="No code?">
      <ul className="list-disc space-y-2 pl-5 text-muted text-sm">
        <li>
          {email
            ? 'Look in your spam folder. Once you are in, you can enter another contact email under Account.'
            : 'Check that the phone has reception. Once you are in, you can enter another number under Account.'}
        </li>
        <li>
          {email
            ? `Ask ${anAdmin} to reset your contact email, if you cannot read it any more.`
            : `Ask ${anAdmin} to reset your two-factor authentication, if the number is no longer yours.`}
        </li>
        <li>{`Ask ${anAdmin} to cool your account down, if it has sent too many codes or had too many wrong ones.`}</li>
      </ul>
    </Disclosure>
  );
}
