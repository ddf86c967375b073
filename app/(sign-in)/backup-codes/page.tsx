import type { Metadata } from 'next';
import { StepShell } from '@/app/(sign-in)/step-shell';
import { SavedForm } from '@/app/factor-set-up/saved-form';
import { BackupCodeList } from '@/components/backup-code-list';
import { newBackupCodes, sheetHost } from '@/lib/account/backup-code-screen';
import { requireStep } from '@/lib/sign-in/step';
import { saved } from './actions';

export const metadata: Metadata = { title: 'Save your backup codes' };

export default async function BackupCodesStepPage() {
  const claimant = await requireStep('save_backup_codes');
  const { account, policy } = claimant;
  return (
    <StepShell
      claimant={claimant}
      title="Save your backup codes"
      description="If you lose your phone or your app, one of these codes lets you in. Each works once, in any order. Keep them where you keep important papers."
      reason={
        policy.values.backupCodesShownOnce ? (
          <p>Your organization shows backup codes only once: after this page you cannot see them again.</p>
        ) : undefined
      }
    >
      <BackupCodeList
        codes={await newBackupCodes(account.id)}
        login={account.loginEmail}
        host={sheetHost()}
      />
      <SavedForm action={saved} />
    </StepShell>
  );
}
