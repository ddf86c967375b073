import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { activateNow, addPerson, confirmNow, type PolicyWorld, policyWorld } from '@/bin/test/policy-world';
import { addSession } from '@/bin/test/rows';
import { sessions } from '@/drizzle/schema';
import { closeDatabase, database } from '@/lib/io/db';
import { defaultPolicy, type Policy } from '@/lib/policy/policy';
import { hours, minutes } from '@/lib/policy/time';
import { judgeSession } from '@/lib/session/judgement';
import { editDraft } from './drafts';
import { memberOutcomes } from './outcomes';
import { changeOf, checkReview, reviewChange } from './review';
import { saveDraft } from './save';
import { type PolicyScreen, policyScreen } from './screen';

afterAll(() => closeDatabase());

async function screenOf(world: PolicyWorld): Promise<PolicyScreen> {
  const screen = await policyScreen(world.organizationId, world.domain);
  if (screen === null) throw new Error('no policy');
  return screen;
}

async function draft(world: PolicyWorld, body: Policy): Promise<PolicyScreen> {
  const { newest, draft: former } = await screenOf(world);
  const seen = { baseVersionId: newest.id, revision: former?.revision ?? 0 };
  const edited = await editDraft(world.owner, world.domain, { body, seen });
  if (!edited.ok && edited.error.code !== 'unchanged') throw new Error(edited.error.code);
  return screenOf(world);
}

const saveOf = async (world: PolicyWorld, screen: PolicyScreen) =>
  saveDraft(world.owner, world.domain, {
    seen: { baseVersionId: screen.newest.id, revision: screen.draft?.revision ?? 0 },
    isActive: screen.isActive,
    activate: false,
  });

const addresses = ['192.0.2.7', '198.51.100.9', '2001:db8::5'] as const;

/** A session of somebody, so old and so long idle, last used from there. */
const anySession = fc.record({
  ageHours: fc.integer({ min: 0, max: 60 }),
  idleMinutes: fc.integer({ min: 0, max: 90 }),
  address: fc.constantFrom(...addresses),
});
const entry = (cidr: string) => ({ cidr, label: '', expiresAt: null });
const anyChange = fc.record({
  webSessionHours: fc.integer({ min: 2, max: 70 }),
  webSessionIdleMinutes: fc.option(fc.integer({ min: 2, max: 100 })),
  allowList: fc.record({
    mode: fc.constantFrom('off' as const, 'monitor' as const, 'enforce' as const),
    entries: fc.subarray([entry('192.0.2.0/24'), entry('198.51.100.0/24'), entry('2001:db8::/32')], {
      minLength: 1,
    }),
  }),
});

type Placed = { readonly accountId: string; readonly token: string; readonly address: string };

async function place(
  world: PolicyWorld,
  drawn: readonly { ageHours: number; idleMinutes: number; address: string }[],
) {
  const placed: Placed[] = [];
  for (const { ageHours, idleMinutes, address } of drawn) {
    const accountId = await addPerson(world.domain);
    const { id, token } = await addSession(accountId);
    // Half a unit away from every limit that can be drawn, so that the seconds between two looks change nothing.
    const age = hours(ageHours) + minutes(30);
    const idle = Math.min(minutes(idleMinutes) + 30_000, age);
    await database()
      .update(sessions)
      .set({
        address,
        overallMinutesAtCreation: null,
        createdAt: sql`now() - make_interval(secs => ${age / 1000})`,
        lastActiveAt: sql`now() - make_interval(secs => ${idle / 1000})`,
      })
      .where(eq(sessions.id, id));
    placed.push({ accountId, token, address });
  }
  return placed;
}

async function running(placed: readonly Placed[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const { accountId, token, address } of placed)
    if ((await judgeSession(token, address)).state === 'running') found.add(accountId);
  return found;
}

describe('the preview', () => {
  it('names exactly the people whose session is then refused, for random people and drafts', async () => {
    const drawn = fc.tuple(fc.array(anySession, { minLength: 3, maxLength: 8 }), anyChange, anyChange);
    await fc.assert(
      fc.asyncProperty(drawn, async ([people, before, after]) => {
        const world = await policyWorld();
        const quiet = { ...defaultPolicy, singleWebSession: false, passwordMinimumAgeHours: 0 };
        await saveOf(world, await draft(world, { ...quiet, ...before }));
        await activateNow(world);
        const placed = await place(world, people);
        const then = await running(placed);
        const screen = await draft(world, { ...quiet, ...after });
        const foretold = new Set<string>();
        for await (const batch of memberOutcomes(await changeOf(screen, 'save')))
          for (const { member, whole } of batch) if (whole.kind === 'signed_out_now') foretold.add(member.id);
        if (screen.draft !== null) expect(await saveOf(world, screen)).toMatchObject({ ok: true });
        const now = await running(placed);
        expect([...foretold].sort()).toEqual([...then].filter((id) => !now.has(id)).sort());
      }),
      { numRuns: 10 },
    );
  }, 120_000);
});

describe('a save', () => {
  const strict = { ...defaultPolicy, passwordLengthMin: 12 };
  const saver = (world: PolicyWorld) => ({ ...world.owner, strengthTowards: 0 });

  async function inUse(): Promise<PolicyWorld> {
    const world = await policyWorld();
    const { id } = await addSession(world.owner.accountId);
    await activateNow(world);
    await confirmNow(world);
    return { ...world, owner: { ...world.owner, sessionId: id } };
  }

  it('stands only on a preview of this very draft', async () => {
    const world = await inUse();
    const screen = await draft(world, strict);
    const how = { intent: 'save', isShownAgain: false } as const;
    const { token } = await reviewChange(screen, saver(world), how);
    expect(await checkReview(screen, saver(world), { intent: 'save', token })).toBeNull();
    const forged = token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    const refused = { code: 'not_previewed' };
    expect(await checkReview(screen, saver(world), { intent: 'save', token: forged })).toEqual(refused);
    expect(await checkReview(screen, saver(world), { intent: 'save', token: '' })).toEqual(refused);
    const edited = await draft(world, { ...strict, passwordLengthMin: 13 });
    expect(await checkReview(edited, saver(world), { intent: 'save', token })).toEqual(refused);
  });

  it('shows once who is harmed besides those first shown, and then stands', async () => {
    const world = await inUse();
    const screen = await draft(world, { ...defaultPolicy, webSessionHours: 1 });
    const first = await reviewChange(screen, saver(world), { intent: 'save', isShownAgain: false });
    await place(world, [{ ageHours: 5, idleMinutes: 0, address: '192.0.2.7' }]);
    expect(await checkReview(screen, saver(world), { intent: 'save', token: first.token })).toEqual({
      code: 'more_harmed',
      more: { webSessionHours: 1 },
    });
    const again = await reviewChange(screen, saver(world), { intent: 'save', isShownAgain: true });
    await place(world, [{ ageHours: 5, idleMinutes: 0, address: '192.0.2.7' }]);
    expect(await checkReview(screen, saver(world), { intent: 'save', token: again.token })).toBeNull();
  });

  it('is refused when it would shut out the saver, whoever else could still come in', async () => {
    const world = await inUse();
    const entries = [entry('198.51.100.0/24')];
    const screen = await draft(world, { ...defaultPolicy, allowList: { mode: 'enforce', entries } });
    const { token, guard } = await reviewChange(screen, saver(world), {
      intent: 'save',
      isShownAgain: false,
    });
    expect(guard.refusal).toEqual({ code: 'shuts_out_saver', address: world.owner.address });
    expect(await checkReview(screen, saver(world), { intent: 'save', token })).toMatchObject({
      code: 'refused',
    });
  });

  it('says first that it ends the saver’s own session', async () => {
    const world = await inUse();
    await database()
      .update(sessions)
      .set({ createdAt: sql`now() - interval '3 hours'` })
      .where(eq(sessions.accountId, world.owner.accountId));
    const screen = await draft(world, { ...defaultPolicy, webSessionHours: 1 });
    const { guard } = await reviewChange(screen, saver(world), { intent: 'save', isShownAgain: false });
    expect(guard.warnings).toEqual([{ code: 'ends_own_session', reason: 'overall_timeout' }]);
  });
});
