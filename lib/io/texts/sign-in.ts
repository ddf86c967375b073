import 'server-only';
import type { NoticeData } from '../notice-kinds';
import { count, methodNames, plainText, type SpellMoment, securityText, type Templates } from './template';

const sessions = { label: 'See your sessions', path: '/account/sessions' } as const;

const entry = ({ client, address, at }: NoticeData['new_device'], spell: SpellMoment) =>
  `${client}, address ${address}, ${spell(at)}.`;

const failing = (method: NoticeData['many_failures']['method']) => {
  if (method === 'password') return 'the password';
  return method === 'backup' ? 'a backup code' : methodNames[method];
};

export const signInTexts: Templates<
  | 'account_exists'
  | 'locked'
  | 'unlocked'
  | 'cooled_down'
  | 'many_failures'
  | 'new_device'
  | 'new_client'
  | 'signed_in_elsewhere'
  | 'sessions_ended'
  | 'break_glass_used'
  | 'recovery_started'
> = {
  account_exists: () =>
    plainText(
      'You already have an account',
      [
        'Somebody, hopefully you, tried to create an account with this address. There is one already: sign in with it.',
        'If you forgot the password, the sign-in page helps. If it was not you, you need not do anything.',
      ],
      { label: 'Sign in', path: '/login' },
    ),
  locked: ({ until }, spell) =>
    securityText(
      'Your account is locked for a while',
      [
        `After several wrong passwords your account is locked until ${spell(until)}.`,
        'If that was you, wait or reset your password to get in now. If not, somebody is guessing: nobody got in.',
      ],
      { label: 'Reset your password', path: '/forgot-password' },
    ),
  unlocked: ({ by }) =>
    securityText('Your account is unlocked', [
      by === null ? 'Your account is unlocked.' : `${by} unlocked your account.`,
    ]),
  cooled_down: ({ by, reason }) =>
    securityText('Your sign-in starts afresh', [
      `${by} voided the outstanding codes and reset the counters of your account, so that you can sign in again.`,
      `Reason given: ${reason}`,
    ]),
  many_failures: ({ method, failures }) =>
    securityText('Somebody keeps trying to get in', [
      `There were ${count(failures, 'failed attempt')} with ${failing(method)} of your account and no success in between.`,
    ]),
  new_device: (data, spell) =>
    securityText(
      'Signed in from a new browser',
      ['Your account was signed in from a browser we have not seen before.', entry(data, spell)],
      sessions,
    ),
  new_client: (data, spell) =>
    securityText(
      `Signed in from a ${data.kind} app`,
      [`Your account was signed in from a ${data.kind} app.`, entry(data, spell)],
      sessions,
    ),
  signed_in_elsewhere: (data, spell) =>
    securityText(
      'Signed in elsewhere',
      ['Your account was signed in from another browser.', entry(data, spell)],
      sessions,
    ),
  sessions_ended: ({ by, organization, reason }) =>
    securityText('You were signed out', [
      `${by} of ${organization} ended your sessions.`,
      `Reason given: ${reason}`,
    ]),
  break_glass_used: ({ by, organization, at }, spell) =>
    securityText(`Emergency access to ${organization}`, [
      `${by} signed in with an emergency code on ${spell(at)}, past single sign-on and the address list, for 60 minutes.`,
    ]),
  recovery_started: ({ readyAt }, spell) =>
    securityText(
      'A recovery of your account has begun',
      [
        `Somebody asked to recover your account without its second factor. It can be finished from ${spell(readyAt)}.`,
        'If that was not you, sign in: any sign-in cancels it.',
      ],
      { label: 'Sign in', path: '/login' },
    ),
};
