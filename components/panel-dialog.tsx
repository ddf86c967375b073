'use client';

import { X } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, type SyntheticEvent, useId, useLayoutEffect, useRef } from 'react';
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
  // Closed while it still stands in the page, so that the browser gives the focus back to what opened it.
  useLayoutEffect(() => {
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
      className="relative m-0 flex w-full max-w-card flex-col gap-4 rounded-md border border-line bg-surface p-5 text-ink backdrop:bg-shade [&:modal]:fixed [&:modal]:m-auto [&:modal]:max-h-[calc(100dvh-2rem)] [&:modal]:w-[calc(100%-2rem)] [&:modal]:overflow-y-auto"
    >
      <h2 id={titleId} className="pr-8 font-semibold text-base">
        {title}
      </h2>
      {description && <div className="text-muted">{description}</div>}
      {children}
      {/* Last, so that the first field has the focus. */}
      <Link
        href={closeHref}
        prefetch={false}
        scroll={false}
        aria-label="Close"
        className={`${buttonClass('quiet', 'small')} absolute top-2.5 right-2.5`}
      >
        <X aria-hidden />
      </Link>
    </dialog>
  );
}
