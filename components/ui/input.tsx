import type { InputHTMLAttributes, TextareaHTMLAttributes } from 'react';
import { classNames } from './class-names';

/** The look of everything that is typed in; 16 px under a finger so that no phone zooms in. */
export const inputClass = classNames(
  'control block w-full rounded-md border border-edge bg-surface px-3 text-sm text-ink transition-colors',
  'touch:text-base placeholder:text-muted',
  'aria-invalid:border-bad aria-invalid:border-2 [&[readonly]]:bg-sunken disabled:bg-sunken disabled:text-muted',
);

export function Input({ className, type = 'text', ...rest }: InputHTMLAttributes<HTMLInputElement>) {
  return <input {...rest} type={type} className={classNames(inputClass, className)} />;
}

export function Textarea({ className, rows = 4, ...rest }: TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return <textarea {...rest} rows={rows} className={classNames(inputClass, 'py-2', className)} />;
}
