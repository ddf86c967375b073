import { expect, it } from 'vitest';
import { typedValues } from './form-input';
import { settingNames } from './settings';

it('gives back what was typed, but no secret', () => {
  const typed = { email: 'a@b.example', newPassword: 'x', code: '123456', resetToken: 't' };
  expect(typedValues(typed)).toEqual({ email: 'a@b.example' });
});

it('gives back every setting of a refused policy', () => {
  const typed = Object.fromEntries(settingNames.map((name) => [name, '1']));
  expect(Object.keys(typedValues(typed))).toEqual([...settingNames]);
});
