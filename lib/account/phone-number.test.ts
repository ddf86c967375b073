import { expect, test } from 'vitest';
import { parsePhone } from './phone-number';

const parse = (typed: string, country = 'US') => {
  const parsed = parsePhone(typed, country);
  return parsed.ok ? parsed.value : parsed.error.code;
};

process.env.DATABASE_URL = 'postgres://user:password@localhost:5432/none';
process.env.GATEHOUSE_SECRET = 'a secret for tests only, 32 bytes or more';
process.env.DEV_DESK = 'on';
process.env.SMS_COUNTRIES = 'US,DE';

test.each([
  ['(201) 555-0123', 'US', '+12015550123'],
  ['+1 201 555 0123', 'DE', '+12015550123'],
  ['0151 23456789', 'DE', '+4915123456789'],
  ['２０１５５５０１２３', 'US', '+12015550123'],
])('%s in %s is %s', (typed, country, expected) => {
  expect(parse(typed, country)).toBe(expected);
});

test.each([
  ['', 'number_missing'],
  ['12', 'number_malformed'],
  ['call me', 'number_malformed'],
  ['+1 201 555 0123 ext. 4', 'number_malformed'],
  ['\0', 'number_malformed'],
  ['+1 800 234 5678', 'number_cannot_receive'],
  ['+44 7400 123456', 'country_not_allowed'],
])('%s is refused: %s', (typed, code) => {
  expect(parse(typed)).toBe(code);
});
