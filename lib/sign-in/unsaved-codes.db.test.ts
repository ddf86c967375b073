import { afterAll, expect, test } from 'vitest';
import { attemptAfterPassword } from '@/bin/test/claimants';
import { phoneNumbers, totpAuthenticators } from '@/drizzle/schema';
import { makeFirstBackupCodes } from '@/lib/account/backup-codes';
import { newTestPerson } from '@/lib/account/test-person';
import { closeDatabase, database, transaction } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import type { ProofMethod } from '@/lib/policy/second-factor';
import { recordSecondFactorProof } from './attempts';
import { findClaimant } from './claimant';

const client = { address: '192.0.2.7', userAgent: 'test browser' };
afterAll(closeDatabase);

/** Somebody with an app and a number, who never said that the backup codes are saved. */
async function personWithBoth() {
  const person = await newTestPerson();
  const bound = { accountId: person.id, boundTo: newId(), pendingUntil: 1, confirmedAt: 1 };
  await database()
    .insert(totpAuthenticators)
    .values({ ...bound, id: newId(), sealedSecret: 'x' });
  await database()
    .insert(phoneNumbers)
    .values({ ...bound, id: newId(), sealedNumber: 'x', numberKey: newId(), tail: '42' });
  await transaction((tx) => makeFirstBackupCodes(tx, person.id));
  return person;
}

test('backup codes nobody saved are shown at sign-in to the strongest factor only, since they are worth as much', async () => {
  const person = await personWithBoth();
  const stepAfter = async (method: ProofMethod) => {
    const id = await attemptAfterPassword(person, client);
    await transaction((tx) => recordSecondFactorProof(tx, id, method));
    return (await findClaimant({ id }, client.address))?.step;
  };
  expect(await stepAfter('sms')).toBe('signed_in');
  expect(await stepAfter('totp')).toBe('save_backup_codes');
  expect(await stepAfter('backup')).toBe('save_backup_codes');
});
