import type { SessionEndReason } from '@/lib/session/sessions';

/** Why the last session of this browser is over, told once where the person signs in again. */
export const endedTexts: Readonly<Record<SessionEndReason, string>> = {
  signed_out: 'You are signed out.',
  overall_timeout: 'Your session reached its longest time. Sign in again to go on.',
  idle: 'You were signed out after a time without activity.',
  signed_in_elsewhere: 'You were signed out because your account was signed in to elsewhere.',
  ended_by_you: 'You ended this session from another one.',
  ended_by_admin: 'An admin ended your session.',
  second_factor_deadline: 'You were signed out to set up two-factor authentication.',
  password_changed: 'You were signed out because your password was changed.',
  factor_changed: 'You were signed out because your second factors were changed.',
  contact_changed: 'You were signed out because your contact email was changed.',
  password_reset: 'You were signed out because your password was reset.',
  claim_ended: 'You were signed out because the sign-in of your organization changed.',
  kind_disabled: 'Sessions of this kind are switched off for your organization.',
  account_closed: 'You were signed out because your account is closed or suspended.',
};

const errors: ReadonlyMap<string, string> = new Map([
  ['start_again', 'That took too long, or was finished already. Please start again.'],
  [
    'address_refused',
    'Your organization allows signing in only from its own networks, and you are not on one of them. Ask its owner.',
  ],
  ['locked_out', 'Sign-in is locked for a while. Reset your password to get in now.'],
  ['kind_disabled', 'Sessions of this kind are switched off for your organization.'],
]);

const notices: ReadonlyMap<string, string> = new Map([
  ['password_reset', 'Your new password is set. Sign in with it.'],
  ['unlocked', 'Your account is unlocked. Sign in.'],
]);

export const errorText = (code: string | undefined) => (code && errors.get(code)) || null;
export const noticeText = (code: string | undefined) => (code && notices.get(code)) || null;
