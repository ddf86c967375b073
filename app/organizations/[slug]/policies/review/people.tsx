import { Moment } from '@/components/ui/moment';
import { StackedBar } from '@/components/ui/stacked-bar';
import { TextLink } from '@/components/ui/text-link';
import { ToneIcon } from '@/components/ui/tone-icon';
import type { OutcomeGroup, PolicyPreview, TouchedPerson } from '@/lib/organization/policies/preview';
import { outcomeLabels, outcomeTones, reasonText } from '../outcome-texts';

type GroupsProps = {
  readonly groups: readonly OutcomeGroup[];
  /** Where all people of a group are listed. */
  readonly listPath: (group: OutcomeGroup) => string;
};

/** Everybody a change touches as one bar; the numbers stand below it as words. */
export function WholeBar({ preview }: { readonly preview: PolicyPreview }) {
  const parts = preview.whole.map(({ kind, count }) => {
    return { label: outcomeLabels[kind], count, tone: outcomeTones[kind] };
  });
  return <StackedBar label="What happens to whom" parts={parts} />;
}

/** The people one changed setting touches, by what happens to them. */
export function Groups({ groups, listPath }: GroupsProps) {
  const touched = groups.filter(({ kind }) => kind !== 'unaffected');
  if (touched.length === 0) return <p className="text-muted text-xs">Touches nobody who is here today.</p>;
  return (
    <ul className="flex flex-col gap-2 border-line border-l-2 pl-3">
      {touched.map((group) => (
        <li key={group.kind} className="flex flex-col gap-1">
          <p className="flex items-start gap-1.5 text-sm">
            <ToneIcon tone={outcomeTones[group.kind]} className="mt-0.5 size-4 shrink-0 text-muted" />
            <span>
              <span className="font-medium tabular-nums">{group.count}</span> {outcomeLabels[group.kind]}
            </span>
          </p>
          <ul className="flex flex-col gap-0.5 pl-5.5 text-muted text-xs">
            {group.people.map((person) => (
              <li key={person.id}>
                <Person person={person} />
              </li>
            ))}
            {group.count > group.people.length && (
              <li>
                <TextLink href={listPath(group)}>All {group.count} people</TextLink>
              </li>
            )}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function Person({ person }: { readonly person: TouchedPerson }) {
  const reason = reasonText(person.reason);
  return (
    <>
      <span className="text-ink">{person.name}</span> {person.email}
      {reason !== '' && `: ${reason}`}
      {person.by !== null && (
        <>
          , by <Moment at={person.by} show="absolute" />
        </>
      )}
    </>
  );
}
