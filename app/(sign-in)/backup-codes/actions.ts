'use server';

import { nothing } from '@/app/factor-set-up/input';
import { markBackupCodesSaved } from '@/lib/account/backup-code-screen';
import { action, go } from '@/lib/action';
import { actorOf } from '@/lib/sign-in/claimant-actor';
import { proceed } from '@/lib/sign-in/proceed';
import { requireStep } from '@/lib/sign-in/step';

export const saved = action({
  input: nothing,
  as: 'anyone',
  run: async () => {
    const claimant = await requireStep('save_backup_codes');
    const shownOnce = claimant.policy.values.backupCodesShownOnce;
    await markBackupCodesSaved(await actorOf(claimant), { shownOnce });
    return go(await proceed(claimant.attempt.id));
  },
});
