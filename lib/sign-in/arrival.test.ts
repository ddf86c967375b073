import { expect, test } from 'vitest';
import { hours } from '@/lib/policy/time';
import { arrivalPath } from './arrival';

const backup = (left: number) => ({ left, savedAt: 1 });
const deadline = (kind: 'organization' | 'domain', at: number) => ({
  deadline: at,
  mandate: { kind, id: 'm', name: 'Northwind', effectiveFrom: 0, graceHours: 24, strength: 2 },
});
const now = hours(24);

test('whoever used one of the last three backup codes is told right after signing in, on the way', () => {
  const arrive = (method: 'backup' | 'totp', left: number) =>
    arrivalPath(
      { attempt: { secondFactorMethod: method }, factors: { backup: backup(left), deadlines: [] }, now },
      '/organizations/a?b=c',
    );
  expect(arrive('backup', 3)).toBe('/account/backup-codes?return_to=%2Forganizations%2Fa%3Fb%3Dc');
  expect(arrive('backup', 0)).toMatch(/^\/account\/backup-codes/);
  expect(arrive('backup', 4)).toBe('/organizations/a?b=c');
  expect(arrive('totp', 1)).toBe('/organizations/a?b=c');
});

test('whom one of several organizations shuts out is offered the set-up first, from the deadline on', () => {
  const arrive = (kind: 'organization' | 'domain', at: number) =>
    arrivalPath(
      {
        attempt: { secondFactorMethod: null },
        factors: { backup: null, deadlines: [deadline(kind, at)] },
        now,
      },
      '/account',
    );
  expect(arrive('organization', now)).toBe('/account/two-factor?return_to=%2Faccount');
  expect(arrive('organization', now + 1)).toBe('/account');
  expect(arrive('domain', now)).toBe('/account');
});
