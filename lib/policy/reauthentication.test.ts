import { describe, expect, it } from 'vitest';
import { isReauthenticated, type ReauthenticationFacts } from './reauthentication';
import { minutes } from './time';

const facts = (change: Partial<ReauthenticationFacts> = {}): ReauthenticationFacts => ({
  createdAt: 0,
  reauthenticatedAt: minutes(60),
  reauthenticationBeganAt: minutes(60),
  reauthenticationStrength: 3,
  reauthenticationAddress: '192.0.2.1',
  address: '192.0.2.1',
  strongestFactor: 3,
  now: minutes(60),
  ...change,
});

describe('a reauthentication', () => {
  it('holds ten minutes to the millisecond', () => {
    expect(isReauthenticated(facts({ now: minutes(70) - 1 }), 'recent')).toBe(true);
    expect(isReauthenticated(facts({ now: minutes(70) }), 'recent')).toBe(false);
  });

  it('slides with use for thirty minutes at most', () => {
    const used = { reauthenticatedAt: minutes(89) };
    expect(isReauthenticated(facts({ ...used, now: minutes(90) - 1 }), 'recent')).toBe(true);
    expect(isReauthenticated(facts({ ...used, now: minutes(90) }), 'recent')).toBe(false);
  });

  it('holds for the address it was given from', () => {
    expect(isReauthenticated(facts({ address: '192.0.2.2' }), 'recent')).toBe(false);
  });

  it('needs more than the sign-in, and the strongest factor, where a factor changes', () => {
    expect(isReauthenticated(facts(), 'strongest')).toBe(true);
    expect(isReauthenticated(facts({ strongestFactor: 4 }), 'strongest')).toBe(false);
    expect(isReauthenticated(facts({ createdAt: minutes(60) }), 'strongest')).toBe(false);
    expect(isReauthenticated(facts({ createdAt: minutes(60) }), 'recent')).toBe(true);
  });

  it('needs strength three for an operator', () => {
    expect(isReauthenticated(facts({ reauthenticationStrength: 2 }), 'operator')).toBe(false);
    expect(isReauthenticated(facts(), 'operator')).toBe(true);
  });
});
