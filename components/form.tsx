'use client';

import { type ReactNode, useId } from 'react';
import type { FormState } from '@/lib/policy/form-state';
import { ConfirmIdentity } from './confirm-identity';
import { FormContext } from './form-context';
import { FormOutcome, FormSummary } from './form-summary';
import { classNames } from './ui/class-names';

type FormProps = {
  readonly action: (data: FormData) => void;
  readonly state: FormState;
  readonly className?: string | undefined;
  /** Names the form for screen readers where a page has several. */
  readonly label?: string | undefined;
  /** Where the success line is drawn by the page itself. */
  readonly quiet?: boolean | undefined;
  /** The page itself is headed "Confirm it is you". */
  readonly confirms?: boolean | undefined;
  readonly children?: ReactNode;
};

/**
 * The frame of every form. The server judges the input, so the browser's own bubbles are off: errors look
 * the same with and without JavaScript.
 */
export function Form({ action, state, className, label, quiet, confirms, children }: FormProps) {
  const formId = useId();
  return (
    <FormContext value={{ state, formId }}>
      <form
        action={action}
        noValidate
        aria-label={label}
        className={classNames('flex flex-col gap-5', className)}
      >
        <FormSummary state={state} formId={formId} />
        {state.status === 'confirm' ? <ConfirmIdentity state={state} headed={confirms === true} /> : children}
        {!quiet && <FormOutcome state={state} />}
      </form>
    </FormContext>
  );
}
