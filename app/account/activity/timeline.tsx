import { DoorOpen, PencilLine, ShieldX } from 'lucide-react';
import { Moment } from '@/components/ui/moment';
import { TextLink } from '@/components/ui/text-link';
import type { Activity } from '@/lib/account/activity';
import { activityKind, activityText } from './words';

const icons = {
  entry: <DoorOpen aria-hidden className="text-muted" />,
  change: <PencilLine aria-hidden className="text-muted" />,
  refused: <ShieldX aria-hidden className="text-warn" />,
} as const;

function Entry({ activity, now }: { readonly activity: Activity; readonly now: number }) {
  const { address, client, by, reason } = activity;
  const kind = activityKind(activity);
  return (
    <li className="grid grid-cols-[2rem_1fr] gap-x-3 sm:grid-cols-[2rem_1fr_auto] pb-6 last:pb-0 [&:not(:last-child)>span]:after:block">
      <span className="relative row-span-2 flex justify-center sm:row-span-1 after:absolute after:top-9 after:-bottom-5 after:hidden after:border-line after:border-l">
        <span className="flex size-8 items-center justify-center rounded-full border border-line bg-surface [&_svg]:size-4">
          {icons[kind]}
        </span>
      </span>
      <div className="flex min-w-0 flex-col gap-1 pt-1">
        <p className="font-medium">
          {activityText(activity)}
          {by !== null && <span className="font-normal"> by {by}</span>}
        </p>
        {reason !== null && by !== null && <p className="wrap-anywhere">Reason given: {reason}</p>}
        <p className="text-muted">
          <Moment at={activity.at} now={now} />
        </p>
        {(client !== null || address !== null) && (
          <p className="wrap-anywhere text-muted text-xs">
            {client}
            {client !== null && address !== null && ', '}
            {address !== null && <span className="font-mono">{address}</span>}
          </p>
        )}
      </div>
      <TextLink
        href="/not-me"
        className="inline-flex touch:min-h-11 items-center self-start text-xs max-sm:col-start-2 max-sm:justify-self-start sm:mt-1.5"
      >
        This wasn’t me<span className="sr-only">: {activityText(activity)}</span>
      </TextLink>
    </li>
  );
}

/** What happened, newest first, along a line. */
export function Timeline({ items, now }: { readonly items: readonly Activity[]; readonly now: number }) {
  return (
    <ol aria-label="Activity">
      {items.map((activity) => (
        <Entry key={activity.id} activity={activity} now={now} />
      ))}
    </ol>
  );
}
