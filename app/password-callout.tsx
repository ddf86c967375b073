import { Countdown } from '@/components/countdown';
import { Callout } from '@/components/ui/callout';
import { LinkButton } from '@/components/ui/link-button';
import { Moment } from '@/components/ui/moment';
import { expirationWarning } from '@/lib/policy/password-age';
import type { CurrentSession } from '@/lib/session/current';

/** A password that expires within two weeks: by whose rule, when, and the way to change it at a time of one's own. */
export function PasswordCallout({ session }: { readonly session: CurrentSession }) {
  const due = session.passwordExpiration;
  if (due === null || expirationWarning(due.dueAt, session.now) === null) return null;
  return (
    <Callout
      tone="warn"
      title="Your password expires soon"
      actions={
        <LinkButton href="/account/password" size="small">
          Change password
        </LinkButton>
      }
    >
      <p>
        {due.source.name} asks for a new one by <Moment at={due.dueAt} now={session.now} show="absolute" />;
        you have <Countdown until={due.dueAt} now={session.now} /> left. After that you choose a new password
        before you go on.
      </p>
    </Callout>
  );
}
