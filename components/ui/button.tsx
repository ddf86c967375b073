import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { classNames } from './class-names';

export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger' | 'danger-outline';
export type ButtonSize = 'normal' | 'small' | 'wide';

const looks: Record<ButtonLook, string> = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border-edge bg-surface text-ink hover:bg-sunken',
  quiet: 'border-transparent bg-transparent text-ink hover:bg-sunken',
  danger: 'border-transparent bg-bad-fill text-white hover:bg-bad-fill-strong',
  // In the page rather than in the dialog that confirms it: said, not shouted.
  'danger-outline': 'border-edge bg-surface text-bad hover:border-bad hover:bg-bad-soft',
};

const sizes: Record<ButtonSize, string> = {
  normal: 'px-4 py-1.5 text-sm',
  small: 'px-3 py-1.5 text-xs',
  wide: 'w-full px-4 py-2 text-sm',
};

/** The look of a button, for whatever element has to carry it. */
export function buttonClass(look: ButtonLook = 'secondary', size: ButtonSize = 'normal'): string {
  return classNames(
    'control inline-flex items-center justify-center gap-2 rounded-md border font-medium transition-colors',
    'aria-disabled:cursor-progress aria-disabled:opacity-80 [&_svg]:size-4 [&_svg]:shrink-0',
    looks[look],
    sizes[size],
  );
}

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  readonly look?: ButtonLook | undefined;
  readonly size?: ButtonSize | undefined;
  readonly icon?: ReactNode;
};

export function Button({ look, size, icon, className, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} className={classNames(buttonClass(look, size), className)}>
      {icon}
      {children}
    </button>
  );
}
