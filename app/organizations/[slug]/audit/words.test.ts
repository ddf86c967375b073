import { describe, expect, it } from 'vitest';
import { changesOf, eventWord } from './words';

describe('a row of the audit log', () => {
  it('reads as words', () => {
    expect(eventWord('member.role_changed')).toBe('Member role changed');
    expect(eventWord('organization.created')).toBe('Organization created');
  });
  it('names a setting by its label and its value with the unit', () => {
    expect(changesOf({ passwordLengthMin: 8 }, { passwordLengthMin: 12 })).toEqual([
      { key: 'Minimum password length', before: '8 characters', after: '12 characters' },
    ]);
    expect(changesOf(null, { graceHours: 48, minimumStrength: 3 })).toEqual([
      { key: 'Grace period for 2FA', before: null, after: '48 hours' },
      { key: 'Minimum second-factor strength', before: null, after: 'Authentication app' },
    ]);
  });
  it('shows what changed and leaves out what did not', () => {
    expect(changesOf({ name: 'A', on: true }, { name: 'B', on: true })).toEqual([
      { key: 'Name', before: 'A', after: 'B' },
    ]);
    expect(changesOf(null, { includesSubdomains: false })).toEqual([
      { key: 'Includes subdomains', before: null, after: 'no' },
    ]);
    expect(changesOf({ role: 'owner' }, null)).toEqual([{ key: 'Role', before: 'owner', after: null }]);
  });
});
