'use client';

import { Check, CircleAlert } from 'lucide-react';
import { type MouseEvent, useEffect, useRef, useState } from 'react';
import type { FormState } from '@/lib/policy/form-state';
import { fieldId } from './form-context';

type SummaryProps = { readonly state: FormState; readonly formId: string };

// Without JavaScript only this attribute can bring the reader to the errors of the page that came back.
const focusOnLoad = { autoFocus: true };

function focusField(event: MouseEvent<HTMLAnchorElement>, id: string) {
  const field = document.getElementById(id);
  if (!field) return;
  event.preventDefault();
  field.focus();
}

type Refusal = Extract<FormState, { readonly fields: unknown }>;

const isRefusal = (state: FormState): state is Refusal =>
  state.status === 'error' || (state.status === 'confirm' && state.summary !== '');

/** What went wrong, first and focused, each line leading to its field. */
export function FormSummary({ state, formId }: SummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isRefusal(state)) box.current?.focus();
  }, [state]);
  if (!isRefusal(state)) return null;
  const fields = Object.entries(state.fields);
  // One field whose message is the whole summary: said once, as the link to the field.
  const only = fields.length === 1 && fields[0]?.[1] === state.summary ? fields[0] : undefined;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      {...focusOnLoad}
      className="flex gap-3 rounded-md border border-bad-line border-l-4 border-l-bad bg-bad-soft p-4 text-sm"
    >
      <CircleAlert aria-hidden className="mt-px size-4.5 shrink-0 text-bad" />
      <div className="flex min-w-0 flex-col gap-1">
        {only === undefined ? (
          <p className="font-medium">{state.summary}</p>
        ) : (
          <p className="font-medium">
            <SummaryLine formId={formId} name={only[0]} message={only[1]} />
          </p>
        )}
        {only === undefined && fields.length > 0 && (
          <ul className="flex flex-col gap-0.5">
            {fields.map(([name, message]) => (
              <li key={name}>
                <SummaryLine formId={formId} name={name} message={message} />
              </li>
            ))}
          </ul>
        )}
        {state.status === 'error' && state.first && (
          <a href={state.first.path} target="_blank" rel="noopener" className="link touch:py-3">
            {state.first.label} (opens in a new tab)
          </a>
        )}
      </div>
    </div>
  );
}

type SummaryLineProps = { readonly formId: string; readonly name: string; readonly message: string };

/** What is wrong with the form as a whole stands under the name `form` and has no field to lead to. */
function SummaryLine({ formId, name, message }: SummaryLineProps) {
  if (name === 'form') return message;
  const id = fieldId(formId, name);
  return (
    <a
      href={`#${id}`}
      onClick={(event) => focusField(event, id)}
      className="link touch:inline-flex touch:min-h-11 touch:items-center"
    >
      {message}
    </a>
  );
}

function clockTime(): string {
  return new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hour12: false }).format();
}

/** "Saved 14:02", in place: the time is the reader's own clock, so it comes with JavaScript only. */
export function FormOutcome({ state }: { readonly state: FormState }) {
  const [time, setTime] = useState('');
  useEffect(() => {
    setTime(state.status === 'done' ? clockTime() : '');
  }, [state]);
  return (
    <p role="status" className="flex items-center gap-1.5 text-ok text-sm empty:hidden">
      {state.status === 'done' && (
        <>
          <Check aria-hidden className="size-4" />
          <span>
            {state.message} {time && <span className="tabular-nums">{time}</span>}
          </span>
        </>
      )}
    </p>
  );
}
