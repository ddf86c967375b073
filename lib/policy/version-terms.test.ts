import { describe, expect, it } from 'vitest';
import { defaultPolicy, type Policy } from './policy';
import { termsAsked, termsOfSave, type VersionTerms } from './version-terms';

const policy = (more: Partial<Policy>): Policy => ({ ...defaultPolicy, ...more });
const under = (body: Policy, terms: Partial<VersionTerms> = {}) => ({
  tightening: 'next_sign_in' as const,
  tighteningBy: null,
  expirationSpreadDays: 0,
  ...terms,
  body,
});

describe('a save has a choice', () => {
  it.each<[Partial<Policy>, Partial<Policy>, boolean, boolean]>([
    [{}, { passwordLengthMin: 9 }, true, false],
    [{}, { passwordLengthMax: 23 }, true, false],
    [{}, { passwordLengthMin: 7, passwordNumber: false }, false, false],
    [{ breachedCheck: false }, { breachedCheck: true }, true, false],
    [{}, { lockoutMinutes: 30 }, false, false],
    [{}, { passwordExpirationDays: 90 }, false, true],
    [{ passwordExpirationDays: 180 }, { passwordExpirationDays: 90 }, false, false],
  ])('from %o to %o: rules %s, spread %s', (before, after, tightening, spread) => {
    expect(termsAsked(policy(before), policy(after))).toEqual({ tightening, spread });
  });

  it('about all that binds nobody yet', () => {
    expect(termsAsked(null, defaultPolicy)).toEqual({ tightening: true, spread: false });
    expect(termsAsked(null, policy({ passwordExpirationDays: 90 })).spread).toBe(true);
  });
});

describe('what was not asked anew', () => {
  const saved = under(policy({ passwordLengthMin: 12, passwordExpirationDays: 90 }), {
    tightening: 'by_date',
    tighteningBy: 5,
    expirationSpreadDays: 30,
  });
  const { body: _, ...kept } = saved;

  it('stays as it was saved, however the draft stands', () => {
    const draft = under({ ...saved.body, lockoutMinutes: 60 });
    expect(termsOfSave(saved, draft, true)).toEqual(kept);
  });
  it('gives way for the part that is asked', () => {
    const draft = under({ ...saved.body, passwordLengthMin: 14 }, { tightening: 'next_change' });
    expect(termsOfSave(saved, draft, true)).toEqual({
      ...kept,
      tightening: 'next_change',
      tighteningBy: null,
    });
  });
  it('counts for nothing while the policy binds nobody', () => {
    const draft = under({ ...saved.body, lockoutMinutes: 60 }, { expirationSpreadDays: 7 });
    const { body: _body, ...own } = draft;
    expect(termsOfSave(saved, draft, false)).toEqual(own);
  });
});
