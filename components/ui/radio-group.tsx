import type { ReactNode } from 'react';
import { Radio } from './choice';
import { ChoiceRow } from './choice-row';
import { FieldError, FieldHint, type FieldText, fieldAttributes } from './field';

export type RadioOption = {
  readonly value: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly disabled?: boolean | undefined;
};

type RadioGroupProps = FieldText & {
  readonly name: string;
  readonly legend: ReactNode;
  readonly options: readonly RadioOption[];
  readonly defaultValue?: string | undefined;
};

/** The first radio carries the group's id, so that a link from an error summary lands on it. */
export function RadioGroup({ id, name, legend, options, defaultValue, hint, error }: RadioGroupProps) {
  const groupId = `${id}-group`;
  const described = fieldAttributes({ id: groupId, hint, error })['aria-describedby'];
  return (
    <fieldset className="flex flex-col gap-2" aria-describedby={described}>
      <legend className="mb-1.5 font-medium text-sm">{legend}</legend>
      {hint && <FieldHint id={groupId}>{hint}</FieldHint>}
      {options.map((option, index) => {
        const optionId = index === 0 ? id : `${id}-${option.value}`;
        return (
          <ChoiceRow
            key={option.value}
            id={optionId}
            label={option.label}
            control={
              <Radio
                id={optionId}
                name={name}
                value={option.value}
                defaultChecked={option.value === defaultValue}
                disabled={option.disabled}
                aria-invalid={error ? true : undefined}
                aria-describedby={option.hint ? `${optionId}-hint` : undefined}
              />
            }
            hint={option.hint}
          />
        );
      })}
      {error && <FieldError id={groupId}>{error}</FieldError>}
    </fieldset>
  );
}
