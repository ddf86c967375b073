import Link from 'next/link';
import type { ReactNode } from 'react';
import { classNames } from './class-names';

type TextLinkProps = {
  readonly href: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
};

/** A link within text. */
export function TextLink({ href, className, children }: TextLinkProps) {
  return (
    <Link href={href} prefetch={false} className={classNames('link', className)}>
      {children}
    </Link>
  );
}
