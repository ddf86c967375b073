import type { Tone } from '@/components/ui/state';
import type { AccountOverview } from '@/lib/account/overview';
import { expirationWarningDays } from '@/lib/policy/password-age';
import { type FactorMethod, factorStrength } from '@/lib/policy/second-factor';
import { days, type Instant } from '@/lib/policy/time';
import { backupCodesLow } from '@/lib/policy/typed-code';
import type { CurrentSession } from '@/lib/session/current';

/** One line of the checklist: where it stands, why, and the one thing to do. */
export type Check = {
  readonly name: string;
  readonly tone: Tone;
  readonly word: string;
  readonly text: string;
  /** A moment the text speaks of; it follows the text. */
  readonly at?: Instant;
  readonly action: { readonly href: string; readonly label: string };
};

const methodWords: Readonly<Record<FactorMethod, string>> = {
  email: 'emailed code',
  sms: 'SMS text message',
  totp: 'authentication app',
  passkey: 'passkey',
};

const levelWords: Readonly<Record<number, string>> = {
  1: 'any second factor',
  2: 'SMS or better',
  3: 'an authentication app or better',
  4: 'a passkey',
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const sentence = (methods: readonly FactorMethod[]): string =>
  capital(`${methods.map((method) => methodWords[method]).join(', ')}.`);

export const strengthWords = (strength: number): string => levelWords[strength] ?? 'a second factor';

function secondFactor({ factors, now }: CurrentSession): Check {
  const name = 'Second factor';
  const { methods, strength, next } = factors;
  const href = '/account/two-factor';
  const action = { href, label: methods.length === 0 ? 'Set up two-factor' : 'Manage two-factor' };
  if (next !== null)
    return {
      name,
      tone: next.deadline <= now ? 'bad' : 'warn',
      word: methods.length === 0 ? 'Required' : 'Too weak',
      text: `${next.mandate.name} asks for ${strengthWords(next.mandate.strength)} by`,
      at: next.deadline,
      action,
    };
  if (methods.length === 0)
    return { name, tone: 'warn', word: 'Off', text: 'Your password alone opens this account.', action };
  if (strength < factorStrength.totp)
    return {
      name,
      tone: 'warn',
      word: 'Weak',
      text: `${sentence(methods)} An authentication app or a passkey is much harder to intercept.`,
      action,
    };
  return { name, tone: 'ok', word: 'On', text: sentence(methods), action };
}

function twoMethods({ factors: { methods } }: CurrentSession): Check {
  const name = 'Two ways to prove it is you';
  const action = { href: '/account/two-factor', label: 'Add a method' };
  if (methods.length >= 2)
    return {
      name,
      tone: 'ok',
      word: `${methods.length} methods`,
      text: 'Losing one does not lock you out.',
      action: { ...action, label: 'See your methods' },
    };
  if (methods.length === 1)
    return {
      name,
      tone: 'warn',
      word: 'One method',
      text: 'If you lose it, only a backup code lets you in. Add a second one.',
      action,
    };
  return { name, tone: 'neutral', word: 'Later', text: 'Begin with one second factor.', action };
}

function backupCodes({ factors: { methods, backup } }: CurrentSession): Check {
  const name = 'Backup codes';
  const href = '/account/backup-codes';
  if (methods.length === 0)
    return {
      name,
      tone: 'neutral',
      word: 'Later',
      text: 'You get ten of them together with your first second factor.',
      action: { href, label: 'About backup codes' },
    };
  if (backup === null || backup.left === 0)
    return {
      name,
      tone: 'bad',
      word: 'None left',
      text: 'Without your second factor you could not get in.',
      action: { href, label: 'Get new codes' },
    };
  if (backup.savedAt === null)
    return {
      name,
      tone: 'warn',
      word: 'Not saved',
      text: 'You have not confirmed that you keep them somewhere safe.',
      action: { href, label: 'Save your codes' },
    };
  const isLow = backup.left <= backupCodesLow;
  return {
    name,
    tone: isLow ? 'warn' : 'ok',
    word: `${backup.left} left`,
    text: isLow ? 'Get new ones before they run out.' : 'Each of them opens the door once.',
    action: { href, label: isLow ? 'Get new codes' : 'See your codes' },
  };
}

function contactEmail({ contactEmail: address }: CurrentSession, overview: AccountOverview): Check {
  const name = 'Contact email';
  const href = '/account/contact-email';
  switch (overview.contactEmail) {
    case 'verified':
      return {
        name,
        tone: 'ok',
        word: 'Verified',
        text: `Security mail goes to ${address}.`,
        action: { href, label: 'Change address' },
      };
    case 'bounced':
      return {
        name,
        tone: 'bad',
        word: 'Mail comes back',
        text: `${address} does not take mail any more.`,
        action: { href, label: 'Enter another address' },
      };
    case 'unverified':
      return {
        name,
        tone: 'warn',
        word: 'Not verified',
        text: `Show that ${address} is yours, so that security mail can go there.`,
        action: { href, label: 'Verify address' },
      };
    case 'missing':
      return {
        name,
        tone: 'warn',
        word: 'Missing',
        text: 'Security mail goes to your login email until you add one.',
        action: { href, label: 'Add address' },
      };
  }
}

function password({ now, passwordSetAt }: CurrentSession, { passwordDue }: AccountOverview): Check {
  const name = 'Password';
  const action = { href: '/account/password', label: 'Change password' };
  if (passwordSetAt === null)
    return { name, tone: 'neutral', word: 'None', text: 'You sign in without a password.', action };
  if (passwordDue === null)
    return { name, tone: 'ok', word: 'Set', text: 'It does not expire. Set', at: passwordSetAt, action };
  const isNear = passwordDue.dueAt - now <= days(expirationWarningDays[0]);
  return {
    name,
    tone: isNear ? 'warn' : 'ok',
    word: isNear ? 'Expires soon' : 'Set',
    text: `By the rule of ${passwordDue.source.name} it expires`,
    at: passwordDue.dueAt,
    action,
  };
}

function sessions({ otherSessions }: AccountOverview): Check {
  const name = 'Sessions';
  const href = '/account/sessions';
  if (otherSessions === 0)
    return {
      name,
      tone: 'ok',
      word: 'Only here',
      text: 'You are signed in nowhere else.',
      action: { href, label: 'See your session' },
    };
  return {
    name,
    tone: 'neutral',
    word: `${otherSessions + 1} sessions`,
    text: 'Sign out whatever you do not recognize.',
    action: { href, label: 'Review sessions' },
  };
}

/** The security checklist (spec 4.8), in the order in which it is worth doing. */
export const checksOf = (session: CurrentSession, overview: AccountOverview): readonly Check[] => [
  secondFactor(session),
  twoMethods(session),
  backupCodes(session),
  contactEmail(session, overview),
  password(session, overview),
  sessions(overview),
];
