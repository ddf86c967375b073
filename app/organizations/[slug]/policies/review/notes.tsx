import type { ReactNode } from 'react';
import { Callout } from '@/components/ui/callout';
import { LinkButton } from '@/components/ui/link-button';
import { Moment } from '@/components/ui/moment';
import type { Reading } from '@/lib/organization/policies/review';
import type { PolicyScreen } from '@/lib/organization/policies/screen';
import type { GuardVerdict, GuardWarning } from '@/lib/policy/guard';
import { settingOf } from '@/lib/policy/policy';
import { settingNames } from '@/lib/policy/settings';
import { confirmationText, reasonText, refusalText } from '../outcome-texts';

type NotesProps = {
  readonly review: Reading;
  /** What it does to the owner who looks; null for an admin, who saves nothing. */
  readonly guard: GuardVerdict | null;
  readonly screen: PolicyScreen;
  readonly editPath: string;
  readonly more: Readonly<Record<string, number>>;
};

/** What somebody must know before they press Save: who else is harmed by now, what is refused, what it does to themselves. */
export function Notes({ review, guard, screen, editPath, more }: NotesProps) {
  const { refusal, warnings } = guard ?? { refusal: null, warnings: [] };
  const { reasons } = review;
  return (
    <>
      <MoreHarmed more={more} />
      {refusal !== null && (
        <Callout
          tone="bad"
          title="This cannot be saved"
          actions={
            <LinkButton href={`${editPath}#login`} size="small">
              Change the list
            </LinkButton>
          }
        >
          <p>{refusalText(refusal)}</p>
        </Callout>
      )}
      {warnings.map((warning) => (
        <Callout key={warning.code} tone="warn" title={warningTitles[warning.code]}>
          <p>{warningText(warning, screen.now)}</p>
        </Callout>
      ))}
      {reasons.length > 0 && (
        <Callout title="Live for ten minutes first">
          <p>
            Because of {confirmationText(reasons)} this goes back by itself ten minutes after it takes effect,
            unless an owner comes back to the policies and keeps it.
          </p>
        </Callout>
      )}
    </>
  );
}

function MoreHarmed({ more }: { readonly more: Readonly<Record<string, number>> }) {
  const named = settingNames.filter((name) => (more[name] ?? 0) > 0);
  if (named.length === 0) return null;
  return (
    <Callout tone="warn" role="alert" title="More people are touched than when you looked">
      <ul>
        {named.map((name) => (
          <li key={name}>
            {settingOf(name).label}: <span className="tabular-nums">{more[name]}</span> more
          </li>
        ))}
      </ul>
      <p>They are in the lists below. Save again and it stands.</p>
    </Callout>
  );
}

const warningTitles: Readonly<Record<GuardWarning['code'], string>> = {
  ends_own_session: 'This ends your own session',
  own_second_factor_due: 'You will need a second factor yourself',
  own_address_ends: 'Your own way in ends by itself',
};

function warningText(warning: GuardWarning, now: number): ReactNode {
  if (warning.code === 'ends_own_session')
    return `It ends with the save, because ${reasonText(warning.reason)}.`;
  if (warning.code === 'own_address_ends')
    return (
      <>
        The networks that hold your address end <Moment at={warning.at} now={now} show="absolute" />. After
        that you are refused, unless another one is added first.
      </>
    );
  return (
    <>
      You have none that is strong enough. Set one up before <Moment at={warning.deadline} now={now} />.
    </>
  );
}
