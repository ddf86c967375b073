import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { FieldError, FieldHint, type FieldText } from './field';

type ChoiceRowProps = FieldText & {
  readonly label: ReactNode;
  readonly control: ReactNode;
  /** `end` puts the control on the right, as for a switch in a list of settings. */
  readonly side?: 'start' | 'end' | undefined;
};

/** A checkbox, radio or switch with its words; the whole row of words can be pressed. */
export function ChoiceRow({ id, label, hint, error, control, side = 'start' }: ChoiceRowProps) {
  return (
    <div
      className={classNames('flex items-start gap-3', side === 'end' && 'flex-row-reverse justify-between')}
    >
      <span className="flex h-6 items-center touch:h-11">{control}</span>
      <div className="flex min-w-0 flex-col gap-1">
        <label htmlFor={id} className="flex min-h-6 items-center font-medium text-sm touch:min-h-11">
          {label}
        </label>
        {hint && <FieldHint id={id}>{hint}</FieldHint>}
        {error && <FieldError id={id}>{error}</FieldError>}
      </div>
    </div>
  );
}
