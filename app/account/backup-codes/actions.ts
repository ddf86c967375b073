'use server';

import { revalidatePath } from 'next/cache';
import { nothing } from '@/app/factor-set-up/input';
import { markBackupCodesSaved, replaceBackupCodes, viewBackupCodes } from '@/lib/account/backup-code-screen';
import { actorOf } from '@/lib/account/reauthentication';
import { action, done, refuse } from '@/lib/action';

export const show = action({
  input: nothing,
  as: 'user',
  stepUp: 'strongest',
  run: async (_input, { session, userAgent }) => {
    const codes = await viewBackupCodes(actorOf(session, userAgent));
    if (codes.length === 0)
      return refuse('These codes were shown once and cannot be seen again. Get new codes if you lost them.');
    return done('', { codes: JSON.stringify(codes) });
  },
});

export const renew = action({
  input: nothing,
  as: 'user',
  stepUp: 'strongest',
  run: async (_input, { session, userAgent }) => {
    if (session.factors.backup === null)
      return refuse('Backup codes come with your first authentication app, phone number or passkey.');
    await replaceBackupCodes(actorOf(session, userAgent));
    revalidatePath('/account/backup-codes');
    return done('Your old codes no longer work. Save the new ones.');
  },
});

export const saved = action({
  input: nothing,
  as: 'user',
  run: async (_input, { session, userAgent }) => {
    const shownOnce = session.policy.values.backupCodesShownOnce;
    await markBackupCodesSaved(actorOf(session, userAgent), { shownOnce });
    revalidatePath('/account/backup-codes');
    return done('Saved.');
  },
});
