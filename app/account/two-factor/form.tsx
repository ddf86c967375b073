'use client';

import { ButtonForm } from '@/app/factor-set-up/code-form';
import type { FactorMethod } from '@/lib/policy/second-factor';
import { choose, makeDefault, remove } from './actions';

type MethodButtonsProps = {
  readonly method: FactorMethod;
  readonly name: string;
  /** Whether another method could be the default in its place. */
  readonly hasRivals: boolean;
  readonly isDefault: boolean;
  readonly removable: boolean;
};

/** What can be done with a bound method. */
export function MethodButtons({ method, name, hasRivals, isDefault, removable }: MethodButtonsProps) {
  const values = { method };
  return (
    <div className="flex flex-wrap items-start gap-2">
      {hasRivals && !isDefault && (
        <ButtonForm action={makeDefault} label="Make default" values={values} about={name} />
      )}
      {(method === 'totp' || method === 'sms') && (
        <ButtonForm action={choose} label="Replace" values={values} about={name} />
      )}
      {removable && (
        <ButtonForm action={remove} label="Remove" values={values} look="danger-outline" about={name} />
      )}
    </div>
  );
}
