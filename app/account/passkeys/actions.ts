'use server';

import { revalidatePath } from 'next/cache';
import { madePasskeyInput, newPasskeyInput } from '@/app/factor-set-up/input';
import { finishPasskey, removeOne, renameOwnPasskey } from '@/lib/account/own-factors';
import { actorOf } from '@/lib/account/reauthentication';
import { heldText, passkeyRefusalText, removalRefusalText } from '@/lib/account/refusal-text';
import { startPasskey } from '@/lib/account/set-up';
import { action, done, go, refuse } from '@/lib/action';
import { removeInput } from '../two-factor/input';
import { renameInput } from './input';

export const begin = action({
  input: newPasskeyInput,
  as: 'user',
  stepUp: 'strongest',
  run: async ({ name }, { session, userAgent }) => {
    const begun = await startPasskey(actorOf(session, userAgent), session);
    return begun.ok ? done('', { name, options: begun.value }) : refuse(heldText(begun.error, session.now));
  },
});

export const finish = action({
  input: madePasskeyInput,
  as: 'user',
  run: async ({ name, answer }, { session, userAgent }) => {
    const added = await finishPasskey(actorOf(session, userAgent), { name, response: answer });
    if (!added.ok)
      return refuse(
        added.error.code === 'frozen' ? heldText(added.error, session.now) : passkeyRefusalText(added.error),
      );
    return go(added.value.unsavedCodes ? '/account/backup-codes' : '/account/passkeys?done=1');
  },
});

export const rename = action({
  input: renameInput,
  as: 'user',
  run: async (change, { session, userAgent }) => {
    if (!(await renameOwnPasskey(actorOf(session, userAgent), change)))
      return refuse('This passkey is not there any more.');
    revalidatePath('/account/passkeys');
    return done('Saved.');
  },
});

export const remove = action({
  input: removeInput,
  as: 'user',
  stepUp: 'strongest',
  run: async ({ id }, { session, userAgent }) => {
    const removed = await removeOne(session, userAgent, { method: 'passkey', id });
    if (!removed.ok) return refuse(removalRefusalText(removed.error));
    revalidatePath('/account', 'layout');
    return done('Removed. Your other sessions were signed out.');
  },
});
