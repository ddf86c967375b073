import 'server-only';
import type { CodeData, CodeKind, LinkKind } from '../notice-kinds';
import { count, plainText, securityText, type Templates } from './template';

const code = (title: string, use: string) => (data: CodeData) =>
  securityText(title, [
    `${use} Its reference is ${data.reference}: the same two letters stand on the screen that asks for it.`,
    `It works once, for ${count(data.minutes, 'minute')}. Nobody from Gatehouse will ever ask you for it.`,
  ]);

export const codeTexts: Templates<CodeKind> = {
  sign_in_code: code('Your sign-in code', 'Enter this code to finish signing in.'),
  prove_origin_code: code('Confirm that it is you', 'Enter this code to go on with setting up your sign-in.'),
  contact_email_code: code(
    'Verify your contact email',
    'Enter this code to verify this address as your contact email.',
  ),
  phone_number_code: code('Verify your mobile number', 'Enter this code to verify this number.'),
  step_up_code: code('Confirm that it is you', 'Enter this code to confirm the change you are making.'),
  email_method_code: code('Switch on codes by email', 'Enter this code to switch on sign-in codes by email.'),
};

const lifetime = (minutes: number) => `The link works once, for ${count(minutes, 'minute')}.`;
const unasked = 'If you did not ask for this, you need not do anything.';

export const linkTexts: Templates<LinkKind> = {
  sign_up_link: ({ minutes }) =>
    plainText(
      'Finish creating your account',
      ['Open this link to prove that this address is yours.', lifetime(minutes), unasked],
      {
        label: 'Continue',
      },
    ),
  login_email_link: ({ minutes }) =>
    securityText(
      'Verify your login email',
      ['Open this link to prove that this address is yours.', lifetime(minutes)],
      {
        label: 'Verify this address',
      },
    ),
  password_reset_link: ({ minutes }) =>
    securityText(
      'Set a new password',
      ['Somebody, hopefully you, asked to reset the password of your account.', lifetime(minutes), unasked],
      { label: 'Set a new password' },
    ),
  unlock_link: ({ minutes }) =>
    securityText(
      'Unlock your account',
      ['Open this link to unlock your account.', lifetime(minutes), unasked],
      {
        label: 'Unlock my account',
      },
    ),
  hold_link: () =>
    securityText(
      'Somebody is setting up how you sign in',
      [
        'Your password was entered and a new way to sign in is being set up for your account.',
        'If that is not you, put your account on hold: for 72 hours nothing about how you sign in can change.',
      ],
      { label: 'Hold my account for 72 hours' },
    ),
  contact_freeze_link: ({ newAddress }) =>
    securityText(
      'Your contact email is being changed',
      [
        `The contact email of your account is being changed to ${newAddress}.`,
        'If that is not you, freeze your account: for 72 hours no reset and no code goes to either address alone.',
      ],
      { label: 'Freeze my account for 72 hours' },
    ),
  invitation: ({ organization, by, role, days }) =>
    plainText(
      `You are invited to ${organization}`,
      [
        `${by} invites you to join ${organization} as ${role}.`,
        `The invitation is for this address only and is open for ${count(days, 'day')}.`,
      ],
      { label: 'See the invitation' },
    ),
  recovery_link: ({ readyAt }, spell) =>
    securityText(
      'Recover your account',
      [
        'Somebody, hopefully you, asked to recover your account without its second factor.',
        `It can be finished from ${spell(readyAt)}. Any sign-in until then cancels it.`,
      ],
      { label: 'Go on with the recovery' },
    ),
};
