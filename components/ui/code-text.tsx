import type { ReactNode } from 'react';
import { classNames } from './class-names';

/** A code, key, address or host: in the fixed-width face, and breaking anywhere rather than overflowing. */
export function CodeText({
  children,
  className,
}: {
  readonly children: ReactNode;
  readonly className?: string | undefined;
}) {
  return (
    <code className={classNames('break-all font-mono text-xs tabular-nums', className)}>{children}</code>
  );
}
