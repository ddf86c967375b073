import { describe, expect, it } from 'vitest';
import { confirmationReasons } from './confirmation';
import { defaultPolicy, type Policy } from './policy';
import type { AllowList } from './setting';

const policy = (more: Partial<Policy>): Policy => ({ ...defaultPolicy, singleWebSession: false, ...more });
const entry = (cidr: string, expiresAt: number | null = null) => ({ cidr, label: '', expiresAt });
const list = (mode: AllowList['mode'], ...entries: AllowList['entries']): Partial<Policy> => ({
  allowList: { mode, entries },
});
const mandate = (secondFactorGraceHours: number, secondFactorStrength = 2): Partial<Policy> => ({
  secondFactorRequired: true,
  secondFactorGraceHours,
  secondFactorStrength,
});

const one = entry('203.0.113.0/24');
const two = entry('198.51.100.0/24');

describe('a change that must be confirmed', () => {
  it.each([
    ['a list switched on', policy({}), policy(list('enforce', one)), ['address_list']],
    [
      'a list from monitor to enforce',
      policy(list('monitor', one)),
      policy(list('enforce', one)),
      ['address_list'],
    ],
    [
      'an entry taken away',
      policy(list('enforce', one, two)),
      policy(list('enforce', two)),
      ['address_list'],
    ],
    [
      'an entry that ends',
      policy(list('enforce', one)),
      policy(list('enforce', entry(one.cidr, 5))),
      ['address_list'],
    ],
    ['an entry added', policy(list('enforce', one)), policy(list('enforce', one, two)), []],
    ['a list that only watches', policy({}), policy(list('monitor', one)), []],
    ['a second factor at once', policy({}), policy(mandate(0)), ['second_factor_at_once']],
    ['a second factor with grace', policy({}), policy(mandate(24)), []],
    ['a grace cut to nothing', policy(mandate(24)), policy(mandate(0)), ['second_factor_at_once']],
    ['a stronger factor at once', policy(mandate(0, 2)), policy(mandate(0, 3)), ['second_factor_at_once']],
    ['the same again', policy(mandate(0)), policy(mandate(0)), []],
    ['one web session', policy({}), policy({ singleWebSession: true }), ['one_web_session']],
    ['the first activation of the default', null, defaultPolicy, ['one_web_session']],
  ])('%s', (_, before, after, expected) => {
    expect(confirmationReasons(before, after)).toEqual(expected);
  });
});
