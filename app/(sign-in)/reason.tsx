import { Moment } from '@/components/ui/moment';
import type { LayerSource } from '@/lib/policy/layer';
import type { ChangeDue } from '@/lib/policy/password-age';
import type { Instant } from '@/lib/policy/time';

const nameOf = (source: LayerSource) =>
  source.kind === 'programme' ? source.name : `The policy of ${source.name}`;

/** Which rules of whom, and since when. */
export function Sources({
  sources,
  now,
}: {
  readonly sources: readonly LayerSource[];
  readonly now: Instant;
}) {
  return sources.map((source) => (
    <p key={`${source.kind}:${source.id}`}>
      {nameOf(source)}
      {source.author && <> (by {source.author})</>}, since{' '}
      <Moment at={source.since} now={now} show="absolute" />.
    </p>
  ));
}

/** Why the password must be changed, by whose rule, since when, and whom to ask. */
export function ChangeReason({
  due,
  admins,
  now,
}: {
  readonly due: ChangeDue;
  /** The organization whose admins can help. */
  readonly admins: string | null;
  readonly now: Instant;
}) {
  const ask = admins && <p>Questions? Ask an admin of {admins}.</p>;
  switch (due.reason) {
    case 'temporary':
      return (
        <>
          <p>Your password was set for you by an admin and works for this sign-in only.</p>
          {ask}
        </>
      );
    case 'prompted':
      return (
        <>
          <p>
            You were asked to change your password on <Moment at={due.since} now={now} show="absolute" />.
          </p>
          {ask}
        </>
      );
    case 'breached':
      return (
        <>
          <p>Your password is known from a data breach, or used by many people. Anybody may try it.</p>
          {ask}
        </>
      );
    case 'below_policy':
      return (
        <>
          <p>Your password no longer meets the rules that apply to you.</p>
          <Sources sources={due.sources} now={now} />
          {ask}
        </>
      );
    case 'expired':
      return (
        <>
          <p>
            Your password expired on <Moment at={due.since} now={now} show="absolute" />.
          </p>
          <Sources sources={[due.source]} now={now} />
          {ask}
        </>
      );
  }
}
