import { eventWord } from '@/app/organizations/[slug]/audit/words';
import type { Activity } from '@/lib/account/activity';

const methods: Readonly<Record<string, string>> = {
  email: 'codes by email',
  sms: 'codes by SMS text message',
  totp: 'the authentication app',
  passkey: 'a passkey',
  backup: 'a backup code',
  hand_over: 'a hand-over PIN',
  password: 'the password',
};

type Worded = Pick<Activity, 'event' | 'detail'>;

const methodOf = ({ detail }: Worded, otherwise: string): string =>
  (detail === null ? undefined : methods[detail]) ?? otherwise;

type Words = string | ((activity: Worded) => string);

/** The one place where the codes of account events become words. */
const texts: Readonly<Record<string, Words>> = {
  'account.created': 'Account created',
  'account.frozen': 'Changes by mail alone were put on hold',
  'account.unlocked': 'Account unlocked',
  'account.disavowed': 'You said “This wasn’t me”: everything was signed out',
  'backup_code.used': 'A backup code was used',
  'backup_codes.regenerated': 'New backup codes were made',
  'backup_codes.saved': 'Backup codes marked as saved',
  'backup_codes.viewed': 'Backup codes were shown',
  'contact_email.bounced': 'Mail to the contact email came back',
  'contact_email.verified': 'Contact email verified',
  'hand_over_pin.refused': 'Wrong hand-over PIN',
  'hand_over_pin.used': 'The PIN that an admin handed over was used',
  'login_email.changed': 'Login email changed',
  'passkey.renamed': 'A passkey was renamed',
  'password.changed': 'Password changed',
  'password.locked': 'Locked for a while after several wrong passwords',
  'password.reset': 'Password reset',
  'password.reset_requested': 'A reset of the password was asked for',
  'password.set': 'Password set',
  'password.set_by_admin': 'A temporary password was set',
  'password.wrong': 'Wrong password',
  'second_factor.added': (activity) => `Second factor added: ${methodOf(activity, 'a method')}`,
  'second_factor.default_chosen': 'The method asked for first was chosen',
  'second_factor.refused': (activity) => `Wrong answer for ${methodOf(activity, 'the second factor')}`,
  'second_factor.removed': (activity) => `Second factor removed: ${methodOf(activity, 'a method')}`,
  'second_factor.replaced': (activity) => `Second factor replaced: ${methodOf(activity, 'a method')}`,
  'session.ended': 'A session was signed out',
  'session.reauthenticated': 'Confirmed it is you',
  'session.signed_out': 'Signed out',
  'sessions.ended_at_second_factor_deadline': 'Signed out at the deadline for a second factor',
  'sessions.others_ended': 'All other sessions were signed out',
  'sign_in.completed': (activity) =>
    activity.detail === null ? 'Signed in' : `Signed in with ${methodOf(activity, 'a second factor')}`,
  'sign_in.origin_proven': 'Confirmed by mail that the set-up is yours',
  'sign_in.refused': 'A sign-in was refused',
};

export function activityText(activity: Worded): string {
  const words = Object.hasOwn(texts, activity.event) ? texts[activity.event] : undefined;
  if (words === undefined) return eventWord(activity.event);
  return typeof words === 'string' ? words : words(activity);
}

const entries: ReadonlySet<string> = new Set(['sign_in', 'session', 'sessions']);

/** What a row of the timeline is: a way in or out, a change, or something that was refused. */
export function activityKind({ event, result }: Activity): 'entry' | 'change' | 'refused' {
  if (result !== 'success') return 'refused';
  return entries.has(event.split('.')[0] ?? '') ? 'entry' : 'change';
}
