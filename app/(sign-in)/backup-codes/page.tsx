import type { Metadata } from 'next';
import { SavedForm } from '@/app/factor-set-up/saved-form';
import { SignOutForm } from '@/app/sign-out/form';
import { BackupCodeList } from '@/components/backup-code-list';
import { SignInShell } from '@/components/sign-in-shell';
import { newBackupCodes, sheetHost } from '@/lib/account/backup-code-screen';
import { requireStep } from '@/lib/sign-in/step';
import { saved } from './actions';

export const metadata: Metadata = { title: 'Save your backup codes' };

export default async function BackupCodesStepPage() {
  const claimant = await requireStep('save_backup_codes');
  const { account, policy } = claimant;
  return (
    <SignInShell
      title="Save your backup codes"
      description="If you lose your phone or your app, one of these codes lets you in. Each works once, in any order. Keep them where you keep important papers."
      reason={
        policy.values.backupCodesShownOnce ? (
          <p>Your organization shows backup codes only once: after this page you cannot see them again.</p>
        ) : undefined
      }
      signOut={<SignOutForm />}
    >
      <BackupCodeList
        codes={await newBackupCodes(account.id)}
        login={account.loginEmail}
        host={sheetHost()}
      />
      <SavedForm action={saved} />
    </SignInShell>
  );
}
