import { Callout } from '@/components/ui/callout';

/** What is said after a link was asked for: the same for any address. */
export function MailSent({ email, children }: { readonly email: string; readonly children: string }) {
  return (
    <Callout tone="ok" role="status" title="Look in your mailbox">
      <p>
        {children} <span className="break-all font-medium">{email}</span>. It can take a minute to arrive;
        look in the spam folder too.
      </p>
    </Callout>
  );
}
