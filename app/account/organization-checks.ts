import type { CurrentSession } from '@/lib/session/current';
import { entryOf } from '@/lib/session/entry';
import { organizationMandate } from '@/lib/session/factor-standing';
import { type Check, strengthWords } from './checks';

type Membership = CurrentSession['memberships'][number];
type Blocked = Extract<ReturnType<typeof entryOf>, { state: 'blocked' }>['by'];

const wants: Readonly<Record<Blocked, Pick<Check, 'text' | 'action'>>> = {
  second_factor: {
    text: 'It asks for a second factor that you do not have yet. Set one up to enter.',
    action: { href: '/account/two-factor', label: 'Set up two-factor' },
  },
  password_prompt: {
    text: 'An admin there asked you to change your password. Change it to enter.',
    action: { href: '/account/password', label: 'Change password' },
  },
  sessions_ended: {
    text: 'An admin there ended your sessions. Sign out and sign in again to enter.',
    action: { href: '/account/sessions', label: 'See your sessions' },
  },
  reproof: {
    text: 'Your second factor was reset elsewhere. It stays closed until an admin there lets you in again.',
    action: { href: '/account/activity', label: 'See what happened' },
  },
};

function checkOf(session: CurrentSession, membership: Membership): Check {
  const { name, slug } = membership;
  const entry = entryOf(session, membership);
  const open = { href: `/organizations/${slug}`, label: `Open ${name}` };
  if (entry.state === 'blocked') return { name, tone: 'bad', word: 'Closed to you', ...wants[entry.by] };
  const mandate = organizationMandate(membership);
  if (mandate === null)
    return { name, tone: 'ok', word: 'Open', text: 'It asks for nothing beyond your sign-in.', action: open };
  const asks = `It asks for ${strengthWords(mandate.strength)}`;
  if (entry.state === 'grace')
    return {
      name,
      tone: 'warn',
      word: 'Due',
      text: `${asks} by`,
      at: entry.deadline,
      action: { href: `/account/two-factor?organization=${slug}`, label: 'Set up two-factor' },
    };
  return { name, tone: 'ok', word: 'Met', text: `${asks}. You have it.`, action: open };
}

/** What each of the person's organizations asks, and by when. */
export const organizationChecks = (session: CurrentSession): readonly Check[] =>
  session.memberships
    .filter((membership) => membership.suspendedAt === null)
    .map((membership) => checkOf(session, membership));

/** The line of one organization that closed itself to this person; null when it is open or not theirs. */
export function closedOrganization(session: CurrentSession, slug: string | undefined): Check | null {
  const membership = session.memberships.find((one) => one.slug === slug && one.suspendedAt === null);
  if (membership === undefined || entryOf(session, membership).state !== 'blocked') return null;
  return checkOf(session, membership);
}
