'use client';

import { SubmitButton } from '@/components/submit-button';
import { classNames } from '@/components/ui/class-names';

/** "3 changes", with the ways on and back. It appears with the first edit; without JavaScript it always stands there. */
export function ChangesBar({ count }: { readonly count: number }) {
  const words = count === 1 ? '1 change' : `${count} changes`;
  return (
    <section
      aria-label="Changes"
      className={classNames(
        'sticky bottom-4 z-10 flex-wrap items-center justify-between gap-3 rounded-md border border-edge bg-surface px-4 py-3',
        count > 0 ? 'flex' : 'hidden noscript:flex',
      )}
    >
      <p className="font-medium tabular-nums" aria-live="polite">
        {count > 0 ? words : 'Nothing is saved before you have reviewed it.'}
      </p>
      <div className="flex flex-wrap gap-2">
        <SubmitButton look="quiet" name="intent" value="discard">
          Discard
        </SubmitButton>
        <SubmitButton name="intent" value="review">
          Review changes
        </SubmitButton>
      </div>
    </section>
  );
}
