'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { buttonClass } from './button';

type DialogProps = {
  /** The button that opens it. Give it as a link to a page of the same content where it must work without JavaScript. */
  readonly trigger?: ReactElement | undefined;
  readonly open?: boolean | undefined;
  readonly onOpenChange?: ((open: boolean) => void) | undefined;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly children: ReactNode;
};

/** A question asked over the page by something that happens in the page, such as a session about to end. */
export function Dialog({ trigger, open, onOpenChange, title, description, children }: DialogProps) {
  const controlled = open === undefined ? {} : { open };
  const isLink = trigger?.type !== 'button';
  return (
    <Base.Root {...controlled} onOpenChange={(next) => onOpenChange?.(next)}>
      {trigger && <Base.Trigger render={trigger} nativeButton={!isLink} />}
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-shade" />
        <Base.Popup className="fixed inset-x-4 top-1/2 z-50 mx-auto flex max-h-[calc(100dvh-2rem)] max-w-card -translate-y-1/2 flex-col gap-4 overflow-y-auto rounded-md border border-line bg-surface p-5 text-ink">
          <div className="flex items-start justify-between gap-3">
            <Base.Title className="font-semibold text-base">{title}</Base.Title>
            <Base.Close aria-label="Close" className={`${buttonClass('quiet', 'small')} -my-2 -mr-2`}>
              <X aria-hidden />
            </Base.Close>
          </div>
          {description && <Base.Description className="text-muted">{description}</Base.Description>}
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
