import { Badge } from '@/components/ui/badge';
import { LinkButton } from '@/components/ui/link-button';
import { Moment } from '@/components/ui/moment';
import type { Check } from './checks';

/** The checklist: state as icon and word, one sentence, one action a line. */
export function CheckList({ checks, now }: { readonly checks: readonly Check[]; readonly now: number }) {
  return (
    <ul className="divide-y divide-line border-line border-t">
      {checks.map((check) => (
        <li
          key={check.name}
          className="flex flex-col gap-3 p-4 sm:flex-row sm:items-center sm:justify-between sm:gap-6 sm:px-5"
        >
          <div className="flex min-w-0 flex-col gap-1">
            <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
              <h3 className="font-medium">{check.name}</h3>
              <Badge tone={check.tone}>{check.word}</Badge>
            </div>
            <p className="wrap-anywhere text-muted">
              {check.text}
              {check.at !== undefined && (
                <>
                  {' '}
                  <Moment at={check.at} now={now} />.
                </>
              )}
            </p>
          </div>
          <LinkButton
            href={check.action.href}
            look="secondary"
            size="small"
            className="self-start sm:shrink-0 sm:self-center"
          >
            {check.action.label}
          </LinkButton>
        </li>
      ))}
    </ul>
  );
}
