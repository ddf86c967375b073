import { Badge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { LinkButton } from '@/components/ui/link-button';
import { Moment } from '@/components/ui/moment';
import type { PolicyScreen } from '@/lib/organization/policies/screen';
import { SwitchForm } from './switch-form';
import { policyPath } from './texts';

type StandingProps = {
  readonly screen: PolicyScreen;
  readonly slug: string;
  readonly isOwner: boolean;
};

/** Whether the policy binds people, since when, by whom; and the buttons that change it. */
export function Standing({ screen, slug, isOwner }: StandingProps) {
  const { policy, isActive } = screen;
  const about = { organization: slug, domain: policy.domain };
  const button = isActive ? 'disable' : 'activate';
  return (
    <>
      {screen.confirmBy !== null && (
        <Callout
          tone="warn"
          title="Live for ten minutes, unless an owner keeps it"
          actions={isOwner && <SwitchForm kind="confirm" about={about} version={screen.current.id} />}
        >
          <p>
            This change could shut people out, so it goes back by itself{' '}
            <Moment at={screen.confirmBy} now={screen.now} />. That you can read this shows that you still get
            in.
          </p>
        </Callout>
      )}
      <Card
        title={
          <span className="flex flex-wrap items-center gap-2">
            {policy.domain}
            <Badge tone={isActive ? 'ok' : 'neutral'}>{isActive ? 'Active' : 'Inactive'}</Badge>
          </span>
        }
        description={<StandingText screen={screen} />}
        aside={isOwner && policy.isClaimed && <SwitchForm kind={button} about={about} />}
      />
      {screen.draft !== null && !isOwner && (
        <Callout
          title="An owner is preparing a change"
          actions={
            <LinkButton href={policyPath(slug, policy.domain, '/review')} size="small">
              See whom it touches
            </LinkButton>
          }
        >
          <p>The settings below are those of the draft. It binds nobody until an owner saves it.</p>
        </Callout>
      )}
      {screen.scheduled.map((version) => (
        <Callout key={version.id} title={`Version ${version.number} is scheduled`}>
          <p>
            It takes effect <Moment at={version.effectiveFrom} now={screen.now} />. The settings below are
            those of that version. A version saved before then replaces it.
          </p>
        </Callout>
      ))}
    </>
  );
}

function StandingText({ screen }: { readonly screen: PolicyScreen }) {
  const { policy, current, isActive, now } = screen;
  if (!policy.isClaimed)
    return (
      <p>The claim of this domain is not in force, so its policy binds nobody. Its versions are kept.</p>
    );
  const by = current.author === null ? '' : ` by ${current.author}`;
  return (
    <div className="flex flex-col gap-1">
      <p>
        {isActive ? 'Binds' : 'Would bind'} everybody whose login email is in {policy.domain}
        {policy.includesSubdomains && ' or below it'}, whatever their role here and whether they are members
        or not. People with another login email are not bound by it.
      </p>
      <p className="tabular-nums">
        Version {current.number}
        {by}, <Moment at={isActive ? current.effectiveFrom : current.createdAt} now={now} show="absolute" />
        {policy.deactivatedAt !== null && !isActive && (
          <>
            . Switched off <Moment at={policy.deactivatedAt} now={now} />
          </>
        )}
      </p>
    </div>
  );
}
