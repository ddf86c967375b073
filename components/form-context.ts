'use client';

import { createContext, useContext } from 'react';
import { type FormState, idle } from '@/lib/policy/form-state';

type FormFrame = { readonly state: FormState; readonly formId: string };

export const FormContext = createContext<FormFrame>({ state: idle, formId: 'form' });

export type FieldState = {
  readonly id: string;
  readonly error: string | undefined;
  /** What was typed into the refused form; undefined where nothing was sent or it is a secret. */
  readonly typed: string | undefined;
  readonly refused: boolean;
};

export function fieldId(formId: string, name: string): string {
  return `${formId}-${name}`;
}

/** What the form around knows of one field. */
export function useFieldState(name: string): FieldState {
  const { state, formId } = useContext(FormContext);
  const refused = state.status === 'error';
  const isJudged = refused || state.status === 'confirm';
  return {
    id: fieldId(formId, name),
    error: isJudged ? state.fields[name] : undefined,
    typed: refused ? state.values[name] : undefined,
    refused,
  };
}
