import type { ReactNode } from 'react';
import { buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import type { OutcomeGroup } from '@/lib/organization/policies/preview';
import type { Intent, Reading } from '@/lib/organization/policies/review';
import type { PolicyScreen } from '@/lib/organization/policies/screen';
import { settingOf } from '@/lib/policy/policy';
import type { SettingName } from '@/lib/policy/settings';
import { Difference } from '../difference';
import { policyPath } from '../texts';
import { Groups, WholeBar } from './people';

type TouchedPeopleProps = {
  readonly review: Reading;
  readonly screen: PolicyScreen;
  readonly slug: string;
  readonly intent: Intent;
};

const peopleText = (count: number): string =>
  count === 1 ? '1 person in the domain' : `${count} people in the domain`;

/** Everybody the change touches: as a whole, and for each setting that changes. */
export function TouchedPeople({ review, screen, slug, intent }: TouchedPeopleProps) {
  const { preview } = review;
  const { policy, newest, draft, isActive } = screen;
  const path = (page: string) => `${policyPath(slug, policy.domain, page)}&intent=${intent}`;
  const groups = new Map(preview.settings.map((setting) => [setting.name, setting.groups]));
  const below = (name: SettingName) => (
    <Groups
      groups={groups.get(name) ?? []}
      listPath={({ kind }) => `${path('/review/members')}&setting=${name}&kind=${kind}`}
    />
  );
  const isNow = isActive || intent === 'activate';
  return (
    <>
      <Card
        title={peopleText(preview.total)}
        description={
          isNow
            ? 'What happens to them, all changes together.'
            : 'What would happen to them once the policy is active.'
        }
        aside={
          <a href={path('/review/export')} className={buttonClass('secondary', 'small')}>
            Download CSV
          </a>
        }
      >
        <WholeBar preview={preview} />
      </Card>
      {intent === 'save' && draft !== null ? (
        <Difference before={newest.body} after={draft.body} below={below} />
      ) : (
        <TouchingSettings settings={preview.settings} below={below} />
      )}
    </>
  );
}

type TouchingProps = {
  readonly settings: Reading['preview']['settings'];
  readonly below: (name: SettingName) => ReactNode;
};

const touches = (group: OutcomeGroup): boolean => group.kind !== 'unaffected';

/** On activation every setting begins at once; only those that touch somebody are worth a line. */
function TouchingSettings({ settings, below }: TouchingProps) {
  const touching = settings.filter(({ groups }) => groups.some(touches));
  if (touching.length === 0) return null;
  return (
    <Card title="By setting">
      <ul className="-my-3 divide-y divide-line">
        {touching.map(({ name }) => (
          <li key={name} className="flex flex-col gap-2 py-3">
            <p className="font-medium">{settingOf(name).label}</p>
            {below(name)}
          </li>
        ))}
      </ul>
    </Card>
  );
}
