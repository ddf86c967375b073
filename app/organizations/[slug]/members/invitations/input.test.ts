import { describe, expect, it } from 'vitest';
import { inviteInput } from './input';

const read = (emails: string) => inviteInput.safeParse({ organization: 'x', role: 'member', emails });
const addresses = (emails: string) => {
  const parsed = read(emails);
  return parsed.success ? parsed.data.emails : parsed.error.issues.map((issue) => issue.message);
};

describe('a list of people to invite', () => {
  it.each([
    ['Ana@Example.com', ['ana@example.com']],
    ['ana@example.com\nben@example.com\r\n\n', ['ana@example.com', 'ben@example.com']],
    [
      'ana@example.com, ben@example.com; cy@example.com',
      ['ana@example.com', 'ben@example.com', 'cy@example.com'],
    ],
    [
      'Name,Email\n"Lopes, Ana","ana@example.com"\nBen,ben@example.com',
      ['ana@example.com', 'ben@example.com'],
    ],
  ])('%j is read as %j', (typed, expected) => expect(addresses(typed)).toEqual(expected));

  it.each(['', '  \n ', 'not an address', 'ana@example.com\nben', 'a b@example.com', 'x@localhost'])(
    '%j is refused with words',
    (typed) => expect(read(typed).success).toBe(false),
  );

  it('names the line that is wrong', () => expect(addresses('ana@example.com\nbob@')[0]).toContain('“bob@”'));

  it('takes two hundred at a time', () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => `p${at}@example.com`).join('\n');
    expect(read(many(200)).success).toBe(true);
    expect(read(many(201)).success).toBe(false);
  });
});
