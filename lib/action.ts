import 'server-only';
import { forbidden, notFound, redirect, unstable_rethrow } from 'next/navigation';
import type * as z from 'zod';
import { log } from '@/lib/io/log';
import { outageOf } from '@/lib/io/outage';
import { fieldErrors, readForm, typedValues } from '@/lib/policy/form-input';
import type { FormState } from '@/lib/policy/form-state';
import { type CallerOf, type Door, enter, Refused } from '@/lib/session/doors';

/** What a run answers: a message in place, a way to go, or a refusal at its fields. */
export type Outcome =
  | { readonly kind: 'done'; readonly message: string; readonly data?: Readonly<Record<string, string>> }
  | { readonly kind: 'go'; readonly path: string }
  | { readonly kind: 'refuse'; readonly summary: string; readonly fields: Readonly<Record<string, string>> };

export const done = (message: string, data?: Readonly<Record<string, string>>): Outcome =>
  data === undefined ? { kind: 'done', message } : { kind: 'done', message, data };
export const go = (path: string): Outcome => ({ kind: 'go', path });
export const refuse = (summary: string, fields: Readonly<Record<string, string>> = {}): Outcome => ({
  kind: 'refuse',
  summary,
  fields,
});
