import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { accounts, memberships, passwords } from '@/drizzle/schema';
import { openHandOver } from '@/lib/account/hand-over';
import { database } from '@/lib/io/db';
import type { EffectivePolicy } from '@/lib/policy/effective';
import type { FactorMethod } from '@/lib/policy/second-factor';
import { isKindAllowed } from '@/lib/policy/session';
import { explain, nextStep, type SignInFacts, type SignInStep, type TraceLine } from '@/lib/policy/sign-in';
import { tightening } from '@/lib/policy/tightening';
import type { Instant } from '@/lib/policy/time';
import { factorRows } from '@/lib/session/factor-standing';
import { type DomainLayerRow, holderOf, layersOf } from '@/lib/session/layers';
import { validatedRules } from '@/lib/session/validated-rules';
import { accountColumns, type ClaimantRow, passwordColumns } from './claimant-row';
import { type Claimant, claimantOf } from './facts';

export type ClientKind = 'web' | 'mobile' | 'desktop';

export type Situation = {
  /** Whose people may be asked about. */
  readonly organizationId: string;
  readonly email: string;
  readonly address: string | null;
  readonly client: ClientKind;
  /** Null: now. */
  readonly at: Instant | null;
  /** A domain layer to put in the place of the one in force, such as a draft's. */
  readonly domain: DomainLayerRow | null;
};

export type Simulation = {
  readonly person: { readonly name: string; readonly email: string };
  readonly at: Instant;
  readonly step: SignInStep;
  readonly trace: readonly TraceLine[];
  readonly policy: EffectivePolicy;
  readonly isKindAllowed: boolean;
  /** The password is measured by tightened rules when it is typed; what comes of it nobody can know before. */
  readonly isPasswordChecked: boolean;
};

/** Everything a sign-in of this person would load, at a moment of one's choice. */
async function findPerson({ organizationId, email, at }: Situation) {
  const moment = at === null ? sql`clock_timestamp()` : sql`${new Date(at).toISOString()}::timestamptz`;
  const [row] = await database()
    .select({
      account: accountColumns,
      password: passwordColumns,
      hasSignedInBefore: sql<boolean>`exists (select 1 from sessions s where s.account_id = accounts.id)`,
      factors: factorRows,
      handOver: openHandOver,
      layers: layersOf(
        { id: sql`accounts.id`, loginDomain: sql`accounts.login_domain` },
        at === null ? null : moment,
      ),
      holder: sql<string | null>`(${holderOf(sql`accounts.login_domain`)})`,
      now: sql<Instant>`epoch_ms(${moment})`.mapWith(Number),
      isLocked: sql<boolean>`exists (select 1 from failure_pools f
        where f.account_id = accounts.id and f.kind = 'password' and f.locked_until > ${moment})`,
      isMember: sql<boolean>`exists (select 1 from ${memberships} m
        where m.account_id = accounts.id and m.organization_id = ${organizationId})`,
    })
    .from(accounts)
    .leftJoin(passwords, and(eq(passwords.accountId, accounts.id), isNull(passwords.retiredAt)))
    .where(and(eq(accounts.loginEmail, email), isNull(accounts.suspendedAt), isNull(accounts.closedAt)));
  if (!row) return null;
  // Asked of today, whatever moment is simulated: who held the domain once has no say over its people now.
  const isTheirs = row.holder === organizationId || (row.holder === null && row.isMember);
  return isTheirs ? row : null;
}

type Person = NonNullable<Awaited<ReturnType<typeof findPerson>>>;

/** An attempt in which the person typed the right password and answered with the factor named. */
const attemptOf = (
  person: Person,
  client: ClientKind,
  method: FactorMethod | null,
): ClaimantRow['attempt'] => ({
  id: person.account.id,
  email: person.account.loginEmail,
  clientKind: client,
  clientName: null,
  passwordVerifiedAt: person.password === null ? null : person.now,
  passwordBelowPolicy: false,
  passwordBreached: false,
  secondFactorVerifiedAt: method === null ? null : person.now,
  secondFactorMethod: method,
  originProvenAt: null,
  passwordChangedAt: null,
  contactEmailDeferredAt: null,
  enrolledMethod: null,
  returnTo: null,
  deviceId: null,
  createdAt: person.now,
  expiresAt: person.now,
});

function claimantWith(person: Person, situation: Situation, method: FactorMethod | null): Claimant {
  const { domain } = situation;
  const layers = domain === null ? person.layers : { ...person.layers, domain };
  const attempt = attemptOf(person, situation.client, method);
  const claimant = claimantOf({ ...person, layers, attempt }, situation.address);
  if (claimant === null) throw new Error('an account that was found is missing');
  return claimant;
}

/** A lock answers before the password is looked at, so nothing after it was proven. */
const factsWith = (facts: SignInFacts, isLocked: boolean): SignInFacts =>
  isLocked && !facts.passkeyVerified
    ? { ...facts, lockedOut: true, passwordVerified: false, secondFactorVerified: false }
    : facts;

/**
 * How a sign-in would go for somebody who types the right password and has their best factor at hand: the code of the real
 * one over the same rows. It writes nothing. Null for an email that is not this organization's to ask about.
 */
export async function simulate(situation: Situation): Promise<Simulation | null> {
  const person = await findPerson(situation);
  if (person === null) return null;
  const unproven = claimantWith(person, situation, null);
  const method = unproven.factors.methods.at(-1) ?? null;
  const { facts, policy } = claimantWith(person, situation, method);
  const asked = factsWith(facts, person.isLocked);
  const validated = validatedRules(person.password?.validatedUnder);
  return {
    person: { name: person.account.name, email: person.account.loginEmail },
    at: person.now,
    step: nextStep(asked),
    trace: explain(asked, policy),
    policy,
    isKindAllowed: isKindAllowed(situation.client, policy.values),
    isPasswordChecked: person.password !== null && tightening(policy, validated, person.now).check !== null,
  };
}
