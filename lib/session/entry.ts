import 'server-only';
import { organizationEntry } from '@/lib/policy/mandate';
import type { Instant } from '@/lib/policy/time';
import { organizationMandate } from './factor-standing';
import type { CurrentSession } from './judgement';
import type { MembershipRow } from './layers';

/** What one organization asks of a member who enters it; the person's other organizations stay open. */
export type Entry =
  | { readonly state: 'open' }
  | { readonly state: 'grace'; readonly deadline: Instant }
  | {
      readonly state: 'blocked';
      readonly by: 'second_factor' | 'password_prompt' | 'reproof' | 'sessions_ended';
    };

/** Whether an admin of this organization asked for a password newer than the one that is there. */
const isPrompted = ({ passwordSetAt }: CurrentSession, { passwordPromptedAt }: MembershipRow): boolean =>
  passwordPromptedAt !== null && (passwordSetAt ?? 0) < passwordPromptedAt;

/** Whether a change of the password is owed: a duty binds the session, or an organization of the person asked for it. */
export const isPasswordChangeOwed = (session: CurrentSession): boolean =>
  session.duty?.step === 'change_password' ||
  session.memberships.some(
    (membership) => membership.suspendedAt === null && isPrompted(session, membership),
  );

/**
 * Whether a session may enter the organization of one of its memberships (spec 1.2 L2, 1.3): its second-factor rule, a prompt to
 * change the password that an admin asked of somebody not managed, the end an admin put to such a person's sessions (until they
 * sign in or prove themselves anew), and the closing after an admin elsewhere reset an authenticator.
 */
export function entryOf(session: CurrentSession, membership: MembershipRow): Entry {
  if (membership.reproofRequiredAt !== null) return { state: 'blocked', by: 'reproof' };
  if (membership.sessionsEndedAt !== null && session.reauthenticationBeganAt <= membership.sessionsEndedAt)
    return { state: 'blocked', by: 'sessions_ended' };
  if (isPrompted(session, membership)) return { state: 'blocked', by: 'password_prompt' };
  const gate = { id: membership.organizationId, mandate: organizationMandate(membership) };
  const entry = organizationEntry(gate, session.factors.strengthTowards, session.now);
  switch (entry.state) {
    case 'blocked':
      return { state: 'blocked', by: 'second_factor' };
    case 'grace':
      return entry;
    case 'open':
      return { state: 'open' };
  }
}

/** The page where the person can do what the organization asks. */
export function entryPath(slug: string, by: Extract<Entry, { state: 'blocked' }>['by']): string {
  switch (by) {
    case 'second_factor':
      return `/account/two-factor?organization=${slug}`;
    case 'password_prompt':
      return `/account/password?organization=${slug}`;
    case 'sessions_ended':
    case 'reproof':
      return `/account?organization=${slug}`;
  }
}
