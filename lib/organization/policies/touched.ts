import 'server-only';
import { csvLine } from '@/lib/policy/csv';
import type { OutcomeKind } from '@/lib/policy/outcome';
import { settingOf } from '@/lib/policy/policy';
import type { SettingName } from '@/lib/policy/settings';
import { memberOutcomes, type PolicyChange } from './outcomes';
import type { TouchedPerson } from './preview';

export const touchedPageSize = 50;

export type TouchedQuery = {
  readonly setting: SettingName;
  readonly kind: OutcomeKind;
  /** The last account of the page before. */
  readonly after?: string;
};

export type TouchedPage = {
  readonly people: readonly TouchedPerson[];
  /** The last account of this page; null when no more follow. */
  readonly next: string | null;
};

/** One page of the people to whom a changed setting does the same. */
export async function touchedPeople(change: PolicyChange, query: TouchedQuery): Promise<TouchedPage> {
  const people: TouchedPerson[] = [];
  const limits = query.after === undefined ? {} : { after: query.after };
  for await (const batch of memberOutcomes(change, limits)) {
    for (const { member, settings } of batch) {
      const found = settings.find((each) => each.setting === query.setting && each.kind === query.kind);
      if (found === undefined) continue;
      if (people.length === touchedPageSize) return { people, next: people.at(-1)?.id ?? null };
      const { id, name, email } = member;
      people.push({ id, name, email, reason: found.reason, by: found.by });
    }
  }
  return { people, next: null };
}

type CsvTexts = {
  readonly label: (kind: OutcomeKind) => string;
  readonly reason: (person: Pick<TouchedPerson, 'reason'>) => string;
};

/** Every member, every changed setting, as lines of CSV; a batch at a time, so that its length does not matter. */
export async function* touchedCsv(change: PolicyChange, texts: CsvTexts): AsyncGenerator<string> {
  yield csvLine(['Email', 'Name', 'Setting', 'What happens', 'Reason', 'By (UTC)']);
  for await (const batch of memberOutcomes(change))
    yield batch
      .flatMap(({ member, settings }) =>
        settings.map((outcome) =>
          csvLine([
            member.email,
            member.name,
            settingOf(outcome.setting).label,
            texts.label(outcome.kind),
            texts.reason(outcome),
            outcome.by === null ? '' : new Date(outcome.by).toISOString(),
          ]),
        ),
      )
      .join('');
}
