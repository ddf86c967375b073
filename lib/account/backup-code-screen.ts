import 'server-only';
import { database, transaction } from '@/lib/io/db';
import { settings } from '@/lib/io/env';
import type { AccountActor } from './actor';
import {
  type BackupCodeState,
  type BackupCodeView,
  backupCodeState,
  confirmBackupCodesSaved,
  readBackupCodes,
  recordBackupCodesViewed,
  regenerateBackupCodes,
} from './backup-codes';

/** What stands on the sheet beside the codes. */
export const sheetHost = (): string => new URL(settings().appUrl).host;

export const currentBackupCodes = (accountId: string): Promise<BackupCodeState | null> =>
  backupCodeState(database(), accountId);

/** Codes not yet confirmed as saved, for the person who just made them. */
export const newBackupCodes = (accountId: string): Promise<readonly BackupCodeView[]> =>
  readBackupCodes(database(), accountId);

/** Saved codes, looked at again: told by mail and on record. */
export const viewBackupCodes = (actor: AccountActor): Promise<readonly BackupCodeView[]> =>
  transaction(async (tx) => {
    const codes = await readBackupCodes(tx, actor.accountId);
    if (codes.length > 0) await recordBackupCodesViewed(tx, actor);
    return codes;
  });

/** Where they are shown only once, the readable copies are erased with the confirmation. */
export const markBackupCodesSaved = (
  actor: AccountActor,
  saving: { readonly shownOnce: boolean },
): Promise<void> => transaction((tx) => confirmBackupCodesSaved(tx, actor, saving));

export const replaceBackupCodes = (actor: AccountActor): Promise<void> =>
  transaction((tx) => regenerateBackupCodes(tx, actor));
