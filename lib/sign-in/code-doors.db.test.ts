import { eq } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { attemptAfterPassword, claimantOfAttempt } from '@/bin/test/claimants';
import { client, personOf, worldWith } from '@/bin/test/password-doors';
import { addSession } from '@/bin/test/rows';
import { accounts } from '@/drizzle/schema';
import type { SentCode } from '@/lib/account/codes';
import { sendFactorCode } from '@/lib/account/factor-proof';
import { stepUpUse } from '@/lib/account/reauthentication';
import { closeDatabase, database, now, transaction } from '@/lib/io/db';
import { minutes, seconds } from '@/lib/policy/time';
import { judgeSession } from '@/lib/session/judgement';
import { enterContactEmail } from './contact-step';
import { sendOriginCode } from './origin';

afterAll(closeDatabase);

type Person = { readonly id: string; readonly email: string };
type Answer =
  | { readonly ok: true; readonly value: SentCode }
  | { readonly ok: false; readonly error: { code: string } };

const claimantOf = async (person: Person) =>
  claimantOfAttempt(await attemptAfterPassword(person, client), client);

async function sessionOf({ id }: Person) {
  const found = await judgeSession((await addSession(id)).token, client.address);
  if (found.state !== 'running') throw new Error(found.state);
  return found.session;
}

const withEmailCode = ({ id, email }: Person) =>
  database()
    .update(accounts)
    .set({ contactEmail: email, contactEmailProvenAt: Date.now(), emailCodeEnabledAt: Date.now() })
    .where(eq(accounts.id, id));

/** Doors that send a code to somebody: at sign-in, and in a session. */
const doors: Readonly<Record<string, (person: Person) => Promise<Answer>>> = {
  'the code of origin': async (person) => sendOriginCode(await claimantOf(person), client),
  'a contact email at sign-in': async (person) =>
    enterContactEmail({ claimant: await claimantOf(person), session: null }, person.email, client),
  'a contact email in a session': async (person) =>
    enterContactEmail({ claimant: null, session: await sessionOf(person) }, `other-${person.email}`, client),
  'a proof within a form': async (person) => {
    await withEmailCode(person);
    const use = stepUpUse(await sessionOf(person), client.userAgent);
    return transaction((tx) => sendFactorCode(tx, use, 'email'));
  },
};

test.each(Object.keys(doors))('a code lives as long as the domain says: %s', async (name) => {
  const world = await worldWith({ codeLifetimeMinutes: 7 });
  const sent = await doors[name]?.(await personOf(world));
  if (!sent?.ok) throw new Error(sent?.error.code);
  const left = sent.value.expiresAt - (await now(database()));
  expect(left).toBeLessThanOrEqual(minutes(7));
  expect(left).toBeGreaterThan(minutes(7) - seconds(30));
});
