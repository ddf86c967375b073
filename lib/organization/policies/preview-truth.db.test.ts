import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import {
  addPerson,
  type PolicyWorld,
  policyWorld,
  savePolicy,
  screenOf,
  seenOf,
} from '@/bin/test/policy-world';
import { addSession, addVersion } from '@/bin/test/rows';
import {
  accounts,
  domainPolicies,
  passwords,
  phoneNumbers,
  sessions,
  totpAuthenticators,
} from '@/drizzle/schema';
import { closeDatabase, database } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import type { OutcomeKind } from '@/lib/policy/outcome';
import { defaultPolicy, type Policy } from '@/lib/policy/policy';
import { days, hours, minutes } from '@/lib/policy/time';
import { judgeSession } from '@/lib/session/judgement';
import { simulate } from '@/lib/sign-in/simulation';
import { editDraft } from './drafts';
import { memberOutcomes } from './outcomes';
import { changeOf } from './review';

afterAll(() => closeDatabase());

const anyPerson = fc.record({
  passwordDays: fc.constantFrom(1, 60, 120, 200, 300),
  factor: fc.constantFrom('none', 'sms', 'totp'),
  isSignedIn: fc.boolean(),
});
type Drawn = typeof anyPerson extends fc.Arbitrary<infer T> ? T : never;

const anyRules = fc.record({
  passwordExpirationDays: fc.constantFrom(null, 90, 180, 270),
  secondFactorRequired: fc.boolean(),
  secondFactorGraceHours: fc.constantFrom(0, 24, 720),
  secondFactorStrength: fc.constantFrom(2, 3, 4),
});

const moment = () => ({ id: newId(), boundTo: newId(), pendingUntil: Date.now(), confirmedAt: Date.now() });

async function bind(accountId: string, factor: Drawn['factor']) {
  if (factor === 'totp')
    await database()
      .insert(totpAuthenticators)
      .values({ ...moment(), accountId, sealedSecret: 'x' });
  if (factor === 'sms')
    await database()
      .insert(phoneNumbers)
      .values({ ...moment(), accountId, sealedNumber: 'x', numberKey: newId(), tail: '42' });
}

async function place({ domain }: PolicyWorld, drawn: Drawn) {
  const accountId = await addPerson(domain);
  // A minute off every limit, so that the seconds between two looks change nothing.
  const setAt = sql`now() - make_interval(secs => ${(days(drawn.passwordDays) + minutes(1)) / 1000})`;
  await database().insert(passwords).values({ id: newId(), accountId, hash: 'x', origin: 'self', setAt });
  await bind(accountId, drawn.factor);
  const proven = { contactEmail: sql`login_email`, contactEmailProvenAt: sql`now()` };
  const [row] = await database()
    .update(accounts)
    .set(proven)
    .where(eq(accounts.id, accountId))
    .returning({ email: accounts.loginEmail });
  if (!drawn.isSignedIn) return { accountId, email: row?.email ?? '', token: null };
  const { id, token } = await addSession(accountId);
  await database()
    .update(sessions)
    .set({ createdAt: sql`now() - interval '5 hours'` })
    .where(eq(sessions.id, id));
  return { accountId, email: row?.email ?? '', token };
}
type Placed = Awaited<ReturnType<typeof place>>;

/** Where somebody really stands under the policy in force: what their next sign-in asks, and whether their session runs. */
async function standing({ organizationId }: PolicyWorld, { email, token }: Placed) {
  const where = { organizationId, email, address: null, client: 'web', at: null, domain: null } as const;
  const simulation = await simulate(where);
  const session = token === null ? 'none' : (await judgeSession(token, null)).state;
  return { step: simulation?.step ?? 'nobody', isRunning: session === 'running' };
}

/** Rules in force whose dates began long ago, so that shortening them acts on people at once. */
async function inForce(world: PolicyWorld, body: Policy) {
  const ago = Date.now() - days(100);
  await addVersion(world.policyId, {
    body,
    effectiveFrom: Date.now(),
    expirationEnabledAt: body.passwordExpirationDays === null ? null : ago,
    secondFactorActivatedAt: body.secondFactorRequired ? Date.now() - hours(100) - minutes(1) : null,
  });
  await database()
    .update(domainPolicies)
    .set({ activatedAt: ago })
    .where(eq(domainPolicies.id, world.policyId));
}

const must: readonly OutcomeKind[] = ['must_act_at_sign_in', 'signed_out_now'];

test('expiry and second factor: who is foretold to act, or is not, then stands so at sign-in and in their session', async () => {
  const drawn = fc.tuple(fc.array(anyPerson, { minLength: 4, maxLength: 8 }), anyRules, anyRules);
  await fc.assert(
    fc.asyncProperty(drawn, async ([people, was, is]) => {
      const world = await policyWorld();
      const policy = (rules: Partial<Policy>) => ({ ...defaultPolicy, singleWebSession: false, ...rules });
      await inForce(world, policy(was));
      const placed = await Promise.all(people.map((person) => place(world, person)));
      const before = await Promise.all(placed.map((one) => standing(world, one)));
      const edited = await editDraft(world.owner, world.domain, {
        body: policy(is),
        seen: await seenOf(world),
      });
      if (!edited.ok) return;
      const foretold = new Map<string, OutcomeKind>();
      for await (const batch of memberOutcomes(await changeOf(await screenOf(world), 'save')))
        for (const { member, whole } of batch) foretold.set(member.id, whole.kind);
      await savePolicy(world, policy(is));
      for (const [at, one] of placed.entries()) {
        const [then, now] = [before[at], await standing(world, one)];
        const kind = foretold.get(one.accountId) ?? 'unaffected';
        const isStopped = then?.step === 'signed_in' && now.step !== 'signed_in';
        expect([kind, then?.isRunning && !now.isRunning]).toEqual([kind, kind === 'signed_out_now']);
        if (isStopped) expect(must).toContain(kind);
        if (kind === 'allowed_again') expect([then?.step, now.step]).not.toEqual(['signed_in', 'signed_in']);
        if (must.includes(kind)) expect(now.step).not.toBe('signed_in');
        if (kind === 'unaffected') expect(now.step).toBe(then?.step);
      }
    }),
    { numRuns: 20 },
  );
}, 120_000);
