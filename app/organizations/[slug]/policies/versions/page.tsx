import type { Metadata } from 'next';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { Moment } from '@/components/ui/moment';
import { TextLink } from '@/components/ui/text-link';
import type { VersionRecord } from '@/lib/organization/policies/records';
import type { PolicyScreen } from '@/lib/organization/policies/screen';
import { policyDifference } from '@/lib/policy/difference';
import { Difference } from '../difference';
import { PoliciesHeader } from '../header';
import { policyPath } from '../texts';
import { policyView } from '../view';
import { EvidenceCard } from './evidence';
import { RestoreForm } from './form';
import { stateOf } from './state';

export const metadata: Metadata = { title: 'Versions' };

export default async function VersionsPage(props: PageProps<'/organizations/[slug]/policies/versions'>) {
  const query = await props.searchParams;
  const view = await policyView(props.params, query);
  const { screen, slug, about } = view;
  const newestFirst = screen.versions.toReversed();
  const shown = newestFirst.find(({ number }) => String(number) === query.version);
  return (
    <>
      <PoliciesHeader slug={slug} domain={about.domain} domains={screen.domains} />
      {shown && <VersionDetail shown={shown} screen={screen} about={about} isOwner={view.isOwner} />}
      <Card
        title={newestFirst.length === 1 ? '1 version' : `${newestFirst.length} versions`}
        description="A version never changes. Restoring one makes a draft of it, which then goes through the review like any other."
      >
        <ol className="-my-4 divide-y divide-line">
          {newestFirst.map((version) => (
            <li key={version.id} className="py-4">
              <VersionRow version={version} screen={screen} slug={slug} />
            </li>
          ))}
        </ol>
      </Card>
      {view.isOwner && about.domain !== null && <EvidenceCard slug={slug} domain={about.domain} />}
    </>
  );
}

type RowProps = {
  readonly version: VersionRecord;
  readonly screen: PolicyScreen;
  readonly slug: string;
};

function VersionRow({ version, screen, slug }: RowProps) {
  const former = screen.versions.findLast(({ number }) => number < version.number);
  const changes = former === undefined ? null : policyDifference(former.body, version.body);
  const state = stateOf(version, screen);
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="flex flex-wrap items-center gap-2 font-medium tabular-nums">
          <TextLink href={`${policyPath(slug, screen.policy.domain, '/versions')}&version=${version.number}`}>
            Version {version.number}
          </TextLink>
          {state && <Badge tone={state.tone}>{state.label}</Badge>}
        </p>
        <p className="text-muted text-xs">
          <Moment at={version.effectiveFrom} now={screen.now} />, by {version.author ?? 'Gatehouse'}
        </p>
      </div>
      <p className="text-sm">
        {changes === null && 'The defaults of a claimed domain'}
        {changes?.length === 0 && 'The same values, with dates that begin anew'}
        {changes?.map(({ label }) => label).join(', ')}
      </p>
    </div>
  );
}

type DetailProps = {
  readonly shown: VersionRecord;
  readonly screen: PolicyScreen;
  readonly about: { readonly organization: string; readonly domain: string };
  readonly isOwner: boolean;
};

/** What restoring a version would change, from what is saved now. */
function VersionDetail({ shown, screen, about, isOwner }: DetailProps) {
  const { newest } = screen;
  const isNewest = newest.id === shown.id;
  return (
    <>
      <Difference
        title={
          isNewest
            ? `Version ${shown.number} is the newest`
            : `From version ${newest.number} to version ${shown.number}`
        }
        before={newest.body}
        after={shown.body}
      />
      {isOwner && !isNewest && screen.policy.isClaimed && (
        <RestoreForm about={about} version={shown.number} replaces={screen.draft !== null} />
      )}
    </>
  );
}
