import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { type Tone, toneSurface } from './state';
import { ToneIcon } from './tone-icon';

type BadgeProps = {
  readonly tone?: Tone | undefined;
  /** Replaces the tone's own icon; there is always one, so that color never speaks alone. */
  readonly icon?: ReactNode;
  readonly children: ReactNode;
};

export function Badge({ tone = 'neutral', icon, children }: BadgeProps) {
  return (
    <span
      className={classNames(
        'inline-flex items-center gap-1 whitespace-nowrap rounded-full border py-0.5 pr-2 pl-1.5 font-medium text-xs',
        '[&_svg]:size-3.5 [&_svg]:shrink-0',
        toneSurface[tone],
      )}
    >
      {icon ?? <ToneIcon tone={tone} />}
      {children}
    </span>
  );
}
