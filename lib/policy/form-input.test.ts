import { expect, it } from 'vitest';
import { readForm, typedValues, unstorableFields } from './form-input';
import { settingNames } from './settings';

it('gives back what was typed, but no secret', () => {
  const typed = { email: 'a@b.example', newPassword: 'x', code: '123456', resetToken: 't' };
  expect(typedValues(typed)).toEqual({ email: 'a@b.example' });
});

it('gives back every setting of a refused policy', () => {
  const typed = Object.fromEntries(settingNames.map((name) => [name, '1']));
  expect(Object.keys(typedValues(typed))).toEqual([...settingNames]);
});

it('takes fields that bear names of the language for what they are', () => {
  const input = readForm([
    ['constructor', 'a'],
    ['toString', 'b'],
    ['toString', 'c'],
    ['__proto__', 'd'],
    ['email', 'e'],
  ]);
  expect(Object.entries(input)).toEqual([
    ['constructor', 'a'],
    ['toString', ['b', 'c']],
    ['email', 'e'],
  ]);
  expect(unstorableFields(input)).toEqual([]);
});
