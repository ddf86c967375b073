'use server';

import { action, go } from '@/lib/action';
import { safeReturnPath } from '@/lib/policy/return-path';
import { confirmInput } from './input';

/** Everything is in the gate: who passes it has just proven who they are. */
export const confirm = action({
  input: confirmInput,
  as: 'user',
  stepUp: 'strongest',
  run: async ({ returnTo }) => go(safeReturnPath(returnTo) ?? '/account'),
});
