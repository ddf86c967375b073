import { describe, expect, it } from 'vitest';
import { changesOf, eventWord } from './words';

describe('a row of the audit log', () => {
  it('reads as words', () => {
    expect(eventWord('member.role_changed')).toBe('Member role changed');
    expect(eventWord('organization.created')).toBe('Organization created');
  });
  it('shows what changed and leaves out what did not', () => {
    expect(changesOf({ name: 'A', on: true }, { name: 'B', on: true })).toEqual([
      { key: 'name', before: 'A', after: 'B' },
    ]);
    expect(changesOf(null, { includesSubdomains: false })).toEqual([
      { key: 'includes subdomains', before: null, after: 'no' },
    ]);
    expect(changesOf({ role: 'owner' }, null)).toEqual([{ key: 'role', before: 'owner', after: null }]);
  });
});
