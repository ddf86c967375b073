import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparison, type Moves, sideOf } from './comparison';
import { effectivePolicy, unboundPolicy } from './effective';
import type { PolicyLayer } from './layer';
import { isHarm } from './outcome';
import { ruleTuple } from './password';
import { basePolicy, type LayerValues, type Policy } from './policy';
import { anyPolicy, layerOf, someLayers } from './policy-arbitraries';
import { compareFor, type PreviewFacts, previewMember } from './preview';
import { previewPlan } from './preview-plan';
import { sessionLapse } from './session';
import { days, hours, minutes } from './time';

const now = days(1000);
const session = { kind: 'web' as const, createdAt: now - hours(10), lastActiveAt: now - minutes(30) };
const person: PreviewFacts = {
  sessions: [{ ...session, overallMinutesAtCreation: 24 * 60, address: '203.0.113.7' }],
  lastAddress: '203.0.113.7',
  password: { changedAt: now - days(400), spread: 0, validated: ruleTuple(unboundPolicy.values) },
  factors: {
    bound: [],
    contactEmailVerified: true,
    emailCodeSwitchedOn: false,
    backupCodesLeft: 0,
    preferred: null,
    passwordResetAt: null,
    frozenUntil: null,
  },
  sso: false,
};
const calm: Policy = { ...basePolicy, passwordLengthMax: 64 };
const domain = (values: LayerValues, more: Partial<PolicyLayer> = {}) =>
  layerOf('d', { ...calm, ...values }, more);
const outcomes = (
  before: LayerValues,
  after: LayerValues,
  facts: Partial<PreviewFacts> = {},
  terms: Partial<PolicyLayer> = {},
) => {
  const enabled = { expirationEnabledAt: now, secondFactorEnabledAt: now, ...terms };
  const plan = previewPlan({ before: domain(before), after: domain({ ...before, ...after }, enabled) }, []);
  return previewMember(plan, { ...person, ...facts }, now).map((each) => {
    const { setting, kind, reason, by } = each;
    return by === null ? [setting, kind, reason] : [setting, kind, reason, by - now];
  });
};
const draftLayer = (inForce: PolicyLayer, policy: Policy, at: number): PolicyLayer => ({
  ...inForce,
  version: inForce.version + 1,
  since: at,
  values: policy,
  expirationEnabledAt: policy.passwordExpirationDays === null ? null : at,
  secondFactorEnabledAt: policy.secondFactorRequired ? at : null,
});
const list = (...cidrs: string[]) => ({
  mode: 'enforce' as const,
  entries: cidrs.map((cidr) => ({ cidr, label: '', expiresAt: null })),
});

describe('a preview names, per changed setting, what happens to a member', () => {
  test('signed out now', () => {
    expect(outcomes({}, { webSessionHours: 9, webSessionIdleMinutes: 20 })).toEqual([
      ['webSessionHours', 'signed_out_now', 'overall_timeout'],
      ['webSessionIdleMinutes', 'signed_out_now', 'idle'],
    ]);
    expect(outcomes({}, { webSessionHours: 11 })).toEqual([['webSessionHours', 'unaffected', null]]);
    expect(outcomes({}, { allowList: list('10.0.0.0/8') })).toEqual([
      ['allowList', 'signed_out_now', 'address_refused'],
    ]);
    const mobile = [{ ...session, kind: 'mobile' as const, overallMinutesAtCreation: null, address: null }];
    expect(outcomes({}, { mobileSessionsAllowed: false }, { sessions: mobile })).toEqual([
      ['mobileSessionsAllowed', 'signed_out_now', 'kind_disabled'],
    ]);
  });

  test('must act by a date, or at once', () => {
    const enforced = { secondFactorRequired: true, secondFactorGraceHours: 24, secondFactorStrength: 2 };
    expect(outcomes({}, enforced)[0]).toEqual([
      'secondFactorRequired',
      'must_act_by',
      'second_factor',
      hours(24),
    ]);
    expect(outcomes({}, { ...enforced, secondFactorGraceHours: 0 })[0]).toEqual([
      'secondFactorRequired',
      'signed_out_now',
      'second_factor',
    ]);
    expect(outcomes({}, { ...enforced, secondFactorGraceHours: 0 }, { sessions: [] })[0]).toEqual([
      'secondFactorRequired',
      'must_act_at_sign_in',
      'second_factor',
    ]);
    const app: PreviewFacts['factors'] = { ...person.factors, bound: ['totp'] };
    expect(outcomes({}, enforced, { factors: app })[0]).toEqual(['secondFactorRequired', 'unaffected', null]);
    expect(outcomes({}, { passwordExpirationDays: 90 })).toEqual([
      ['passwordExpirationDays', 'must_act_by', 'password_expired', days(7)],
    ]);
    expect(outcomes({}, { passwordExpirationDays: 90 }, {}, { expirationEnabledAt: now - days(7) })).toEqual([
      ['passwordExpirationDays', 'must_act_at_sign_in', 'password_expired'],
    ]);
  });

  test('the three answers to tightened password rules, and a date where the owner chose one', () => {
    const validated = (tuple: Partial<ReturnType<typeof ruleTuple>>) => ({
      password: {
        changedAt: now,
        spread: 0,
        validated: { ...ruleTuple(effectivePolicy([domain({})]).values), ...tuple },
      },
    });
    const longer = { passwordLengthMin: 12 };
    expect(outcomes({}, longer, validated({ lengthMin: 12 }))[0]?.[1]).toBe('surely_compliant');
    expect(outcomes({}, longer, validated({}))[0]?.[1]).toBe('decided_when_typed');
    expect(outcomes({}, { passwordLengthMax: 20 }, validated({ lengthMin: 30 }))[0]?.[1]).toBe('must_change');
    const byDate = (date: number) => ({ tightening: { applies: 'by_date' as const, date } });
    expect(outcomes({}, longer, validated({}), byDate(now + days(5)))[0]).toEqual([
      'passwordLengthMin',
      'must_act_by',
      'password_rules',
      days(5),
    ]);
    expect(outcomes({}, longer, validated({}), byDate(now))[0]?.[1]).toBe('must_change');
    expect(outcomes({}, longer, validated({}), { tightening: { applies: 'next_change' } })[0]?.[1]).toBe(
      'unaffected',
    );
    expect(outcomes(longer, { passwordLengthMin: 8 }, validated({}))[0]?.[1]).toBe('unaffected');
  });

  test('becomes allowed again', () => {
    expect(outcomes({ allowList: list('10.0.0.0/8') }, { allowList: list('203.0.113.0/24') })).toEqual([
      ['allowList', 'allowed_again', 'address_refused'],
    ]);
  });

  test('nobody who signs in by SSO is asked for a password or a factor', () => {
    const after = { passwordLengthMin: 20, passwordExpirationDays: 90, secondFactorRequired: true };
    for (const line of outcomes({}, after, { sso: true })) expect(line[1]).toBe('unaffected');
  });

  test('what a programme asks already changes nothing', () => {
    const programme = layerOf('p', { passwordLengthMin: 16 }, { kind: 'programme' });
    const plan = previewPlan({ before: domain({}), after: domain({ passwordLengthMin: 12 }) }, [programme]);
    expect(previewMember(plan, person, now)).toMatchObject([
      { setting: 'passwordLengthMin', kind: 'unaffected' },
    ]);
  });
});

describe('over random policies', () => {
  test('switching a policy off harms nobody, and activating one frees nobody', () => {
    fc.assert(
      fc.property(anyPolicy, someLayers, (policy, others) => {
        const own = draftLayer(domain({}), policy, now - days(30));
        const layers = others.filter((layer) => layer.kind === 'programme');
        const off = previewPlan({ before: own, after: null }, layers);
        // A lone policy may go below the base values, so leaving it can be a tightening.
        const harm = compareFor(off.whole, { ...person, password: null }, now);
        if (isHarm(harm)) expect(harm.reason).toBe('overall_timeout');
        const on = previewPlan({ before: null, after: own }, layers);
        expect(compareFor(on.whole, { ...person, sessions: [] }, now).kind).not.toBe('allowed_again');
      }),
    );
  });

  test('a change to the same is no change', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const layer = draftLayer(domain({}), policy, now);
        expect(previewPlan({ before: layer, after: layer }, []).alone).toEqual([]);
        const sameSide = () => sideOf(effectivePolicy([layer]));
        expect(compareFor(comparison(sameSide(), sameSide()), person, now).kind).toBe('unaffected');
      }),
    );
  });

  test('a verdict that is not asked would have found nothing', () => {
    const everything: Moves = { sessions: true, secondFactor: true, rules: true, expiration: true };
    fc.assert(
      fc.property(anyPolicy, anyPolicy, someLayers, (was, is, others) => {
        const programme = others.filter((layer) => layer.kind === 'programme');
        const versions = { before: domain(was), after: draftLayer(domain(was), is, now - days(3)) };
        const plan = previewPlan(versions, programme);
        for (const narrow of [plan.whole, ...plan.alone.map((one) => one.comparison)]) {
          // Rules that were not tightened must stay unasked: to ask them anew would say "surely compliant".
          const full = { ...narrow, moves: { ...everything, rules: narrow.moves.rules } };
          for (const age of [days(1), days(100), days(400)])
            for (const spread of [0, 0.9]) {
              const password = { changedAt: now - age, spread, validated: null };
              const facts = { ...person, password };
              expect(compareFor(narrow, facts, now)).toEqual(compareFor(full, facts, now));
            }
        }
      }),
    );
  });

  test('who is said to be signed out now is, and who is not is not', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (was, is) => {
        const plan = previewPlan({ before: domain(was), after: draftLayer(domain(was), is, now) }, []);
        const [only] = person.sessions;
        if (only === undefined || sessionLapse(only, plan.whole.before.policy.values, now) !== null) return;
        const facts = { ...person, lastAddress: null, sessions: [{ ...only, address: null }] };
        const said = compareFor(plan.whole, facts, now);
        const ends = sessionLapse(only, plan.whole.after.policy.values, now);
        if (ends !== null) expect(said).toMatchObject({ kind: 'signed_out_now', reason: ends });
        else if (said.kind === 'signed_out_now') expect(said.reason).toBe('second_factor');
      }),
    );
  });
});

test('a hundred thousand members are each compared by one plan', () => {
  const after = {
    ...calm,
    passwordLengthMin: 12,
    webSessionHours: 8,
    secondFactorRequired: true,
    lockoutMinutes: 30,
  };
  const plan = previewPlan(
    { before: domain({ allowList: list('203.0.113.0/24') }), after: domain(after) },
    [],
  );
  let harmed = 0;
  for (let member = 0; member < 100_000; member += 1) {
    if (previewMember(plan, person, now).some(isHarm)) harmed += 1;
  }
  expect(harmed).toBe(100_000);
}, 60_000);
