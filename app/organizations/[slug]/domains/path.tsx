import { Check, CircleAlert, CircleDot } from 'lucide-react';
import { classNames } from '@/components/ui/class-names';
import type { ClaimView } from '@/lib/organization/claim-rows';

type Stop = { readonly name: string; readonly state: 'done' | 'here' | 'stopped' | 'ahead' };

const ends = { lapsed: 'Lapsed', revoked: 'Revoked', rejected: 'Rejected' } as const;

/** The stops of a claim's way, and where it stands. */
function stopsOf({ state, verifiedAt }: Pick<ClaimView, 'state' | 'verifiedAt'>): readonly Stop[] {
  switch (state) {
    case 'pending':
      return [
        { name: 'Claimed', state: 'done' },
        { name: 'Record awaited', state: 'here' },
        { name: 'Verified', state: 'ahead' },
      ];
    case 'awaiting_approval':
      return [
        { name: 'Record found', state: 'done' },
        { name: 'Approval awaited', state: 'here' },
        { name: 'Verified', state: 'ahead' },
      ];
    case 'verified':
      return [
        { name: 'Claimed', state: 'done' },
        { name: 'Record found', state: 'done' },
        { name: 'Verified', state: 'done' },
      ];
    case 'at_risk':
      return [
        { name: 'Verified', state: 'done' },
        { name: 'Record gone', state: 'stopped' },
        { name: 'Lapsed', state: 'ahead' },
      ];
    case 'lapsed':
    case 'revoked':
    case 'rejected':
      return [
        { name: 'Claimed', state: 'done' },
        ...(verifiedAt === null ? [] : [{ name: 'Verified', state: 'done' as const }]),
        { name: ends[state], state: 'stopped' },
      ];
  }
}

const words = { done: 'done', here: 'now here', stopped: 'stopped here', ahead: 'ahead' } as const;
const icons = { done: Check, here: CircleDot, stopped: CircleAlert, ahead: null } as const;
const looks = {
  done: 'text-ok',
  here: 'font-medium text-accent',
  stopped: 'font-medium text-warn',
  ahead: 'text-muted',
} as const;

/** The claim's life as a small path; each stop says its state in words too. */
export function ClaimPath({ claim }: { readonly claim: Pick<ClaimView, 'state' | 'verifiedAt'> }) {
  return (
    <ol
      aria-label="The way of this claim"
      className="flex flex-wrap items-center gap-y-2 text-xs max-sm:flex-col max-sm:items-start"
    >
      {stopsOf(claim).map((stop, index) => {
        const Icon = icons[stop.state];
        return (
          <li key={stop.name} className="flex items-center">
            {index > 0 && <span aria-hidden className="mx-2 h-px w-10 bg-edge max-sm:hidden" />}
            <span
              aria-current={stop.state === 'here' || stop.state === 'stopped' ? 'step' : undefined}
              className={classNames('inline-flex items-center gap-1.5', looks[stop.state])}
            >
              {Icon ? (
                <Icon aria-hidden className="size-4 shrink-0" />
              ) : (
                <span
                  aria-hidden
                  className="size-3.5 shrink-0 rounded-full border border-edge border-dashed"
                />
              )}
              {stop.name}
              <span className="sr-only">, {words[stop.state]}</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
