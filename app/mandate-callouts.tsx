import { Countdown } from '@/components/countdown';
import { Callout } from '@/components/ui/callout';
import { LinkButton } from '@/components/ui/link-button';
import { Moment } from '@/components/ui/moment';
import type { CurrentSession } from '@/lib/session/current';

/** A deadline for a second factor that is not met: who asks, until when, what follows, and the way to be ready. */
export function MandateCallouts({ session }: { readonly session: CurrentSession }) {
  return session.factors.deadlines.map(({ deadline, mandate }) => (
    <Callout
      key={`${mandate.kind}:${mandate.id}`}
      tone="warn"
      title={`${mandate.name} asks for two-factor authentication`}
      actions={
        <LinkButton href="/account/two-factor" size="small">
          Set up now
        </LinkButton>
      }
    >
      {deadline > session.now ? (
        <p>
          Set it up by <Moment at={deadline} now={session.now} show="absolute" />; you have{' '}
          <Countdown until={deadline} now={session.now} /> left. After that you are signed out and asked for
          it.
        </p>
      ) : (
        <p>
          It was due <Moment at={deadline} now={session.now} />. Until you set it up you cannot enter; your
          other organizations stay open.
        </p>
      )}
    </Callout>
  ));
}
