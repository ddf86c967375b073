'use client';

import { type ReactNode, useEffect, useRef } from 'react';

type DisclosureProps = {
  readonly summary: ReactNode;
  readonly label?: string | undefined;
  readonly className?: string | undefined;
  readonly summaryClassName?: string | undefined;
  readonly children: ReactNode;
};

/**
 * A panel that opens in place and works without JavaScript. With it, Escape, a press elsewhere and following
 * a link close the panel again.
 */
export function Disclosure({ summary, label, className, summaryClassName, children }: DisclosureProps) {
  const box = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (refocus: boolean) => {
      if (!box.current?.open) return;
      box.current.open = false;
      if (refocus) box.current.querySelector('summary')?.focus();
    };
    const onPress = ({ target }: Event) => {
      if (!(target instanceof Element)) return;
      const inside = box.current?.contains(target) ?? false;
      if (!inside || target.closest('a')) close(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') close(true);
    };
    document.addEventListener('click', onPress);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('click', onPress);
      document.removeEventListener('keydown', onKey);
    };
  }, []);
  return (
    <details ref={box} className={className}>
      <summary aria-label={label} className={summaryClassName}>
        {summary}
      </summary>
      {children}
    </details>
  );
}
