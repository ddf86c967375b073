import Link from 'next/link';
import type { ReactNode } from 'react';
import { type ButtonLook, type ButtonSize, buttonClass } from './button';
import { classNames } from './class-names';

type LinkButtonProps = {
  readonly href: string;
  readonly look?: ButtonLook | undefined;
  readonly size?: ButtonSize | undefined;
  readonly icon?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
};

/** A link that looks like a button: it leads somewhere and changes nothing. */
export function LinkButton({ href, look, size, icon, className, children }: LinkButtonProps) {
  return (
    <Link href={href} prefetch={false} className={classNames(buttonClass(look, size), className)}>
      {icon}
      {children}
    </Link>
  );
}
