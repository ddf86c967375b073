import 'server-only';
import { count, methodNames, plainText, securityText, type Templates } from './template';

const changePassword = { label: 'Change your password', path: '/account/password' } as const;
const factors = { label: 'See your second factors', path: '/account/two-factor' } as const;
const backupCodes = { label: 'See your backup codes', path: '/account/backup-codes' } as const;

export const passwordTexts: Templates<
  | 'password_changed'
  | 'password_reset'
  | 'password_set_by_admin'
  | 'password_prompted'
  | 'password_expiring'
  | 'password_expired'
> = {
  password_changed: () =>
    securityText('Your password was changed', [
      'The password of your account was changed. Other sessions have ended.',
    ]),
  password_reset: () =>
    securityText('Your password was reset', [
      'The password of your account was reset. All sessions have ended.',
    ]),
  password_set_by_admin: ({ by, organization, reason, expiresAt }, spell) =>
    securityText('A temporary password was set for you', [
      `${by} of ${organization} set a temporary password for your account and will hand it to you.`,
      `You will change it when you sign in. It expires on ${spell(expiresAt)}.`,
      `Reason given: ${reason}`,
    ]),
  password_prompted: ({ by, organization, reason }) =>
    securityText(
      'Please change your password',
      [
        `${by} of ${organization} asks you to change your password. You will be asked at your next sign-in.`,
        `Reason given: ${reason}`,
      ],
      changePassword,
    ),
  password_expiring: ({ days, dueAt }, spell) =>
    plainText(
      `Your password expires in ${count(days, 'day')}`,
      [`Your password expires on ${spell(dueAt)}. Change it before then at a time that suits you.`],
      changePassword,
    ),
  password_expired: () =>
    plainText(
      'Your password has expired',
      ['You will be asked for a new password when you next sign in.'],
      changePassword,
    ),
};

export const factorTexts: Templates<
  | 'contact_changed'
  | 'contact_reset_by_admin'
  | 'hand_over_used'
  | 'contact_bounced'
  | 'login_email_changed'
  | 'factor_added'
  | 'factor_removed'
  | 'factors_reset'
  | 'backup_code_used'
  | 'backup_codes_low'
  | 'backup_codes_viewed'
  | 'backup_codes_regenerated'
> = {
  contact_changed: ({ address }) =>
    securityText('Your contact email was changed', [`Messages about your sign-in now go to ${address}.`], {
      label: 'See your contact email',
      path: '/account/contact-email',
    }),
  contact_reset_by_admin: ({ by, organization, reason, pin }) =>
    securityText('Your contact email was reset', [
      `${by} of ${organization} reset the contact email of your account. You will be asked for one at your next sign-in.`,
      ...(pin
        ? [
            'Your codes went there, so they were given a PIN for you. It is asked for once in the place of the code and works for 24 hours.',
          ]
        : []),
      `Reason given: ${reason}`,
    ]),
  hand_over_used: () =>
    securityText('A hand-over PIN was used', [
      'Your account was entered with the PIN that an admin had for you. A new contact email is asked for next.',
    ]),
  contact_bounced: () =>
    plainText(
      'Mail to your contact email comes back',
      ['Mail to your contact email could not be delivered. Enter another address.'],
      {
        label: 'Change your contact email',
        path: '/account/contact-email',
      },
    ),
  login_email_changed: ({ address }) =>
    securityText('Your login email was changed', [`You now sign in with ${address}.`]),
  factor_added: ({ method }) =>
    securityText(
      'A second factor was added',
      [`You can now sign in with ${methodNames[method]} as your second factor.`],
      factors,
    ),
  factor_removed: ({ method }) =>
    securityText(
      'A second factor was removed',
      [`Signing in with ${methodNames[method]} was switched off for your account.`],
      factors,
    ),
  factors_reset: ({ by, organization, reason }) =>
    securityText('Your second factors were reset', [
      `${by} of ${organization} removed the second factors of your account. Set up new ones at your next sign-in.`,
      `Reason given: ${reason}`,
    ]),
  backup_code_used: ({ left }) =>
    securityText(
      'A backup code was used',
      [`Your account was signed in with a backup code. You have ${count(left, 'code')} left.`],
      backupCodes,
    ),
  backup_codes_low: ({ left }) =>
    plainText(
      `You have ${count(left, 'backup code')} left`,
      ['Get new ones before they run out, so that you can sign in when you lose your second factor.'],
      backupCodes,
    ),
  backup_codes_viewed: () =>
    securityText(
      'Your backup codes were viewed',
      ['The backup codes of your account were shown on screen.'],
      backupCodes,
    ),
  backup_codes_regenerated: () =>
    securityText(
      'You have new backup codes',
      ['New backup codes were made for your account. The old ones no longer work.'],
      backupCodes,
    ),
};
