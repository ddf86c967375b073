import { and, eq, isNotNull } from 'drizzle-orm';
import fc from 'fast-check';
import { generateSync } from 'otplib';
import { afterAll, expect, test, vi } from 'vitest';
import { openAttempt } from '@/bin/test/claimants';
import { codeInMessage } from '@/bin/test/factor-world';
import { addDomainPolicy, addOrganization, addSession } from '@/bin/test/rows';
import { accounts, sessions, totpAuthenticators } from '@/drizzle/schema';
import { markBackupCodesSaved } from '@/lib/account/backup-code-screen';
import { issueHandOverPin } from '@/lib/account/hand-over';
import { newTestPerson, type TestPerson } from '@/lib/account/test-person';
import { beginTotp, confirmTotp, pendingTotp } from '@/lib/account/totp';
import { closeDatabase, database, transaction } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { recordPasswordProof } from './attempts';
import { findClaimant } from './claimant';
import { actorOf } from './claimant-actor';
import { deferContactEmail, enterContactEmail, verifyContactEmail } from './contact-step';
import { enroll } from './enrollment';
import type { Claimant } from './facts';
import { redeemTicket } from './finish';
import { originState, sendOriginCode, verifyOriginCode } from './origin';
import { answerHandOver, answerSecondFactor, sendSignInCode } from './second-factor';
import { issueTicket } from './ticket';

vi.mock('next/headers', () => ({ headers: async () => new Headers() }));
vi.mock('next/navigation', () => ({ redirect: () => undefined }));

const client = { address: '192.0.2.7', userAgent: 'test browser' };
afterAll(closeDatabase);

const kinds = ['none', 'app', 'email', 'hand_over'] as const;
type Kind = (typeof kinds)[number];
type Walker = {
  readonly person: TestPerson;
  readonly kind: Kind;
  readonly secret: string;
  readonly pin: string;
};

async function bindApp(person: TestPerson): Promise<string> {
  const { id } = await addSession(person.id);
  const actor = { accountId: person.id, binding: { sessionId: id }, ...client };
  await transaction((tx) => beginTotp(tx, actor));
  const secret = (await pendingTotp(database(), actor, person.email))?.secret ?? '';
  await transaction((tx) => confirmTotp(tx, actor, generateSync({ secret })));
  return secret;
}

/** Somebody of this kind, in a domain that demands strength 2 at once or in one that demands nothing. */
async function walkerOf(kind: Kind, isMandated: boolean): Promise<Walker> {
  const person = await newTestPerson();
  const loginDomain = `${newId()}.example`;
  await database().update(accounts).set({ loginDomain }).where(eq(accounts.id, person.id));
  const { id: organizationId } = await addOrganization();
  const demand = { secondFactorRequired: isMandated, secondFactorGraceHours: 0, singleWebSession: false };
  await addDomainPolicy(organizationId, loginDomain, demand);
  const secret = kind === 'app' ? await bindApp(person) : '';
  if (kind === 'email' || kind === 'hand_over')
    await database().update(accounts).set({ emailCodeEnabledAt: 1 }).where(eq(accounts.id, person.id));
  if (kind !== 'hand_over') return { person, kind, secret, pin: '' };
  const gone = { contactEmail: null, contactEmailProvenAt: null, contactEmailResetAt: 1 };
  await database().update(accounts).set(gone).where(eq(accounts.id, person.id));
  const wanted = { accountId: person.id, organizationId, issuedBy: person.id };
  const { pin } = await transaction((tx) => issueHandOverPin(tx, wanted));
  return { person, kind, secret, pin };
}

type Act = (claimant: Claimant, walker: Walker) => Promise<unknown>;
const at =
  (step: Claimant['step'], act: Act): Act =>
  async (claimant, walker) =>
    claimant.step === step ? act(claimant, walker) : false;

async function codeOf(sending: Promise<{ ok: true; value: { id: string } } | { ok: false; error: unknown }>) {
  const sent = await sending;
  return sent.ok ? codeInMessage(sent.value.id) : '';
}

async function enterContact(claimant: Claimant, email: string): Promise<boolean> {
  const who = { claimant, session: null };
  const code = await codeOf(enterContactEmail(who, email, client));
  return code !== '' && (await verifyContactEmail(who, code, client)).ok;
}

async function enrollApp(claimant: Claimant): Promise<boolean> {
  if ((await originState(claimant, 'enroll')).state !== 'given') return false;
  const actor = await actorOf(claimant);
  await transaction((tx) => beginTotp(tx, actor));
  const secret = (await pendingTotp(database(), actor, claimant.account.loginEmail))?.secret ?? '';
  const code = generateSync({ secret });
  return (await enroll({ claimant, actor }, 'totp', (tx) => confirmTotp(tx, actor, code))).ok;
}

/** Every door after the password, each open to whoever stands there only, as `requireStep` says. Each tells whether it was passed. */
const doors = {
  wrong: at('second_factor', async (claimant) =>
    answerSecondFactor(claimant, { method: 'totp', code: '000' }).then(() => false),
  ),
  app: at('second_factor', async (claimant, { secret }) => {
    if (secret === '') return false;
    const own = eq(totpAuthenticators.accountId, claimant.account.id);
    await database().update(totpAuthenticators).set({ lastStep: null }).where(own);
    return (await answerSecondFactor(claimant, { method: 'totp', code: generateSync({ secret }) })).ok;
  }),
  email: at('second_factor', async (claimant) => {
    const code = await codeOf(sendSignInCode(claimant, 'email'));
    return (await answerSecondFactor(claimant, { method: 'email', code })).ok;
  }),
  pin: at('second_factor', async (claimant, { pin }) => (await answerHandOver(claimant, pin)).ok),
  origin: async (claimant) => {
    if (claimant.step !== 'contact_email' && claimant.step !== 'enroll_second_factor') return false;
    const code = await codeOf(sendOriginCode(claimant, client));
    return code !== '' && (await verifyOriginCode(claimant, code, client)).ok;
  },
  contact: at('contact_email', (claimant) => enterContact(claimant, `new-${newId()}@mail.example`)),
  put_off: at('contact_email', deferContactEmail),
  enroll: at('enroll_second_factor', enrollApp),
  save: at('save_backup_codes', async (claimant) => {
    await markBackupCodesSaved(await actorOf(claimant), { shownOnce: false });
    return true;
  }),
} satisfies Record<string, Act>;
type Door = keyof typeof doors;

const wayOut: Partial<Record<Claimant['step'], readonly Door[]>> = {
  second_factor: ['app', 'email', 'pin'],
  contact_email: ['contact', 'origin'],
  enroll_second_factor: ['enroll', 'origin'],
  save_backup_codes: ['save'],
};

const finish = async (attemptId: string) => {
  const ticket = await issueTicket(database(), attemptId);
  if (ticket !== null) await redeemTicket(ticket, client);
};

type Move = Door | 'password' | 'finish' | 'next';

/** One walk through one attempt; which doors were passed in it. */
async function walk(walker: Walker, moves: readonly Move[]): Promise<ReadonlySet<string>> {
  const { person } = walker;
  const passed = new Set<string>();
  const id = await openAttempt(person, client);
  for (const [turn, move] of moves.entries()) {
    const claimant = await findClaimant({ id }, client.address);
    if (claimant === null) break;
    if (move === 'finish') await finish(id);
    else if (move === 'password' || (move === 'next' && claimant.step === 'password')) {
      const proof = { isBelowPolicy: false, isBreached: false, deviceId: null };
      await transaction((tx) => recordPasswordProof(tx, id, proof));
      passed.add('password');
    } else {
      const ways = wayOut[claimant.step] ?? [];
      const door = move === 'next' ? ways[turn % Math.max(1, ways.length)] : move;
      if (door === undefined) await finish(id);
      else if (await doors[door](claimant, walker)) passed.add(door);
    }
  }
  return passed;
}

/** What a session of such a person has to stand on. */
function needed({ kind }: Walker, isMandated: boolean): readonly string[] {
  const factor = { none: [], app: ['app', 'save'], email: ['email'], hand_over: ['pin', 'contact'] }[kind];
  if (kind === 'app' || !isMandated) return ['password', ...factor];
  return ['password', ...factor, ...(kind === 'none' ? ['origin'] : []), 'enroll', 'save'];
}

const moves: readonly Move[] = ['password', 'finish', ...(Object.keys(doors) as Door[])];

test('a walk over all doors of second factors in any order ends in a session only with every proof', {
  timeout: 240_000,
}, async () => {
  const arrived = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...kinds),
      fc.boolean(),
      fc.array(
        fc.oneof(
          { weight: 3, arbitrary: fc.constant<Move>('next') },
          { weight: 2, arbitrary: fc.constantFrom(...moves) },
        ),
        { minLength: 4, maxLength: 20 },
      ),
      async (kind, isMandated, steps) => {
        const walker = await walkerOf(kind, isMandated);
        const passed = await walk(walker, steps);
        const made = and(eq(sessions.accountId, walker.person.id), isNotNull(sessions.attemptId));
        const count = await database().$count(sessions, made);
        if (count === 1) arrived.add(`${kind}:${isMandated}`);
        expect(count).toBeLessThan(2);
        if (count === 1) expect([...passed]).toEqual(expect.arrayContaining([...needed(walker, isMandated)]));
      },
    ),
    { numRuns: 120 },
  );
  // A test that never arrives would prove nothing.
  expect(arrived.size).toBeGreaterThan(4);
});
