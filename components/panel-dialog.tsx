'use client';

import { X } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, type SyntheticEvent, useEffect, useId, useRef } from 'react';
import { buttonClass } from './ui/button';

type PanelDialogProps = {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  /** The address of the same page without this panel. */
  readonly closeHref: string;
  readonly children: ReactNode;
};

/**
 * A form over the page, opened by an address (`?act=unlock&member=…`). The server draws it open in the page's
 * flow; with JavaScript the very same element becomes modal, so that nothing typed is lost on the way.
 */
export function PanelDialog({ title, description, closeHref, children }: PanelDialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const router = useRouter();
  const titleId = useId();
  useEffect(() => {
    const dialog = box.current;
    if (!dialog) return;
    dialog.close();
    dialog.showModal();
    return () => dialog.close();
  }, []);
  const leave = (event: SyntheticEvent) => {
    event.preventDefault();
    router.push(closeHref, { scroll: false });
  };
  return (
    <dialog
      ref={box}
      open
      aria-labelledby={titleId}
      onCancel={leave}
      className="static m-0 flex w-full max-w-card flex-col gap-4 rounded-md border border-line bg-surface p-5 text-ink backdrop:bg-shade modal:fixed modal:m-auto modal:max-h-[calc(100dvh-2rem)] modal:w-[calc(100%-2rem)] modal:overflow-y-auto"
    >
      <div className="flex items-start justify-between gap-3">
        <h2 id={titleId} className="font-semibold text-base">
          {title}
        </h2>
        <Link
          href={closeHref}
          prefetch={false}
          scroll={false}
          aria-label="Close"
          className={`${buttonClass('quiet', 'small')} -my-2 -mr-2`}
        >
          <X aria-hidden />
        </Link>
      </div>
      {description && <div className="text-muted">{description}</div>}
      {children}
    </dialog>
  );
}
