import { FilterChips } from '@/components/ui/filter-chips';
import { StackedBar } from '@/components/ui/stacked-bar';
import type { MemberStrength } from '@/lib/organization/rule-people';
import { strengthTowards } from '@/lib/policy/second-factor';
import { settings } from '@/lib/policy/settings';

/** The weakest methods that a rule can count, as choices. */
export const strengths = Object.entries(settings.secondFactorStrength.options).map(([value, label]) => ({
  value,
  label: Number(value) === 4 ? `${label} only` : `${label} or stronger`,
}));

export const isStrength = (value: unknown): value is string => strengths.some((each) => each.value === value);

type ReadinessProps = {
  readonly slug: string;
  readonly people: readonly MemberStrength[];
  readonly needed: number;
};

/** How many reach the rule, and how many each choice would stop, as links: who they are stands below. */
export function Readiness({ slug, people, needed }: ReadinessProps) {
  const unready = people.filter((person) => strengthTowards(person) < needed);
  const weak = unready.filter(({ strength }) => strength > 0).length;
  const chips = strengths.map(({ value, label }) => ({
    href: `/organizations/${slug}/security?strength=${value}`,
    label,
    count: people.filter((person) => strengthTowards(person) < Number(value)).length,
    current: Number(value) === needed,
  }));
  return (
    <div className="flex flex-col gap-5">
      <StackedBar
        label="Members by second factor"
        parts={[
          { label: 'Ready', count: people.length - unready.length, tone: 'ok' },
          { label: 'Too weak', count: weak, tone: 'warn' },
          { label: 'None', count: unready.length - weak, tone: 'bad' },
        ]}
      />
      <FilterChips label="People not ready, by weakest method that counts" chips={chips} />
    </div>
  );
}
