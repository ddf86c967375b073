import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { type Tone, toneText } from './state';
import { ToneIcon } from './tone-icon';

type CalloutProps = {
  readonly tone?: Tone | undefined;
  readonly title?: ReactNode;
  readonly actions?: ReactNode;
  /** `status` or `alert` where it appears while the page is in use. */
  readonly role?: 'status' | 'alert' | 'note' | undefined;
  readonly className?: string | undefined;
  readonly children?: ReactNode;
};

const boxes: Record<Tone, string> = {
  neutral: 'border-line bg-sunken',
  ok: 'border-ok-line bg-ok-soft',
  warn: 'border-warn-line bg-warn-soft',
  bad: 'border-bad-line bg-bad-soft',
};

/** A sentence that matters for the whole page, with the one thing to do about it. */
export function Callout({ tone = 'neutral', title, actions, role, className, children }: CalloutProps) {
  return (
    <div role={role} className={classNames('flex gap-3 rounded-md border p-4', boxes[tone], className)}>
      <ToneIcon tone={tone} className={classNames('mt-px size-4.5 shrink-0', toneText[tone])} />
      <div className="flex min-w-0 grow flex-col gap-3 sm:flex-row sm:items-start sm:justify-between">
        <div className="flex min-w-0 max-w-prose flex-col gap-1">
          {title && <p className="font-medium">{title}</p>}
          {children && <div className="space-y-2">{children}</div>}
        </div>
        {actions && <div className="flex shrink-0 flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}
