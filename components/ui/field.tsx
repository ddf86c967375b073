import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names';

export type FieldText = {
  readonly id: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
};

/** The attributes that tie a control to its hint and its error. */
export function fieldAttributes({ id, hint, error }: FieldText) {
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return {
    id,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': described || undefined,
  };
}

export function FieldHint({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return (
    <div id={`${id}-hint`} className="text-muted text-xs">
      {children}
    </div>
  );
}

export function FieldError({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return (
    <p id={`${id}-error`} className="flex gap-1.5 font-medium text-bad text-xs">
      <CircleAlert aria-hidden className="mt-px size-4 shrink-0" />
      <span>
        <span className="sr-only">Error: </span>
        {children}
      </span>
    </p>
  );
}

type FieldProps = FieldText & {
  readonly label: ReactNode;
  readonly optional?: boolean | undefined;
  /** At the right of the label, but reached after the control. */
  readonly aside?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
};

/** Label, hint, control, error: in the order in which they are needed. */
export function Field({ id, label, hint, error, optional, aside, className, children }: FieldProps) {
  return (
    <div className={classNames('relative flex flex-col gap-1.5', className)}>
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="font-medium text-sm">
          {label}
        </label>
        {optional && <span className="text-muted text-xs">Optional</span>}
      </div>
      {hint && <FieldHint id={id}>{hint}</FieldHint>}
      {children}
      {error && <FieldError id={id}>{error}</FieldError>}
      {aside && <span className="absolute top-0 right-0 text-xs">{aside}</span>}
    </div>
  );
}
