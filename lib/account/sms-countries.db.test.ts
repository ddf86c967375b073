import { afterAll, expect, test } from 'vitest';
import { attemptOf, codeInMessage, personInSession } from '@/bin/test/factor-world';
import { closeDatabase, transaction } from '@/lib/io/db';
import { settings } from '@/lib/io/env';
import { sendFactorCode } from './factor-proof';
import { beginSms, confirmSms } from './sms';

process.env.SMS_COUNTRIES = 'US,DE';
afterAll(closeDatabase);

test('a number bound before its country was taken off the list gets no codes any more', async () => {
  expect(settings().smsCountries).toEqual(['US', 'DE']);
  for (const [number, outcome] of [
    ['+12015550123', 'sent'],
    ['+447400123456', 'method_not_offered'],
  ] as const) {
    const person = await personInSession();
    const begun = await transaction((tx) => beginSms(tx, person, { number, lifetimeMinutes: 15 }));
    if (!begun.ok) throw new Error(begun.error.code);
    const code = await codeInMessage(begun.value.id);
    expect((await transaction((tx) => confirmSms(tx, person, code))).ok).toBe(true);
    const use = {
      actor: await attemptOf(person),
      purpose: 'sign_in',
      standing: { offered: ['sms'] },
      lifetimeMinutes: 15,
    } as const;
    const sent = await transaction((tx) => sendFactorCode(tx, use, 'sms'));
    expect(sent.ok ? 'sent' : sent.error.code).toBe(outcome);
  }
});
