import { and, eq, isNull } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addAccount, addSession } from '@/bin/test/rows';
import { auditEvents, knownDevices, outbox, sessions } from '@/drizzle/schema';
import { rememberDevice } from '@/lib/account/known-devices';
import { database, transaction } from '@/lib/io/db';
import { judgeSession } from '@/lib/session/judgement';
import { disavow } from './disavowal';

async function signedIn() {
  const account = await addAccount();
  const { token } = await addSession(account.id);
  await addSession(account.id);
  await transaction((tx) =>
    rememberDevice(tx, { accountId: account.id, deviceId: null, userAgent: 'stranger' }),
  );
  const found = await judgeSession(token, '127.0.0.1');
  if (found.state !== 'running') throw new Error(found.state);
  return { account, token, session: found.session };
}

test('“This wasn’t me” leaves no session and no known browser, and mails a reset', async () => {
  const { account, token, session } = await signedIn();
  const bystander = await addSession((await addAccount()).id);
  await disavow(session, 'test');
  const own = eq(sessions.accountId, account.id);
  expect(await database().$count(sessions, and(own, isNull(sessions.endedAt)))).toBe(0);
  expect((await judgeSession(token, '127.0.0.1')).state).toBe('ended');
  expect((await judgeSession(bystander.token, '127.0.0.1')).state).toBe('running');
  const devices = and(eq(knownDevices.accountId, account.id), isNull(knownDevices.voidedAt));
  expect(await database().$count(knownDevices, devices)).toBe(0);
  const mails = await database()
    .select({ kind: outbox.kind, to: outbox.recipient })
    .from(outbox)
    .where(eq(outbox.accountId, account.id));
  expect(mails).toEqual([{ kind: 'password_reset_link', to: account.email }]);
  const rows = await database()
    .select({ event: auditEvents.event })
    .from(auditEvents)
    .where(eq(auditEvents.accountId, account.id));
  expect(rows.map(({ event }) => event)).toContain('account.disavowed');
});
