'use client';

import { lazy, Suspense } from 'react';
import type { Ends } from './ends';
import { useWarning } from './warning';

/** Loaded with the first warning only, which most pages never see. */
const SessionEndDialog = lazy(() => import('./dialog'));

/** Watches in every tab for the end of the session, and tells of it in time. Draws nothing until then. */
export function SessionEndWatch({ ends }: { readonly ends: Ends }) {
  const { warning, renew, dismiss } = useWarning(ends);
  if (warning === null) return null;
  return (
    <Suspense>
      <SessionEndDialog key={warning.kind} warning={warning} renew={renew} dismiss={dismiss} />
    </Suspense>
  );
}
