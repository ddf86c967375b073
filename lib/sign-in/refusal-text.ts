import 'server-only';
import { waitText } from '@/lib/account/refusal-text';
import { momentIn } from '@/lib/io/texts/template';
import { passwordIssueText } from '@/lib/policy/password-text';
import { unreachable } from '@/lib/policy/result';
import type { Instant } from '@/lib/policy/time';
import type { LoginRefusal } from './verify';

const wait = (count: number) => `${count} ${count === 1 ? 'second' : 'seconds'}`;

export const tooManyText = (retryAfterSeconds: number) =>
  `There were too many tries from your network. Try again in ${wait(retryAfterSeconds)}.`;

/** The words at the sign-in page. They are the same for an email that nobody has. */
export function loginRefusalText(refusal: LoginRefusal, now: Instant): string {
  switch (refusal.code) {
    case 'wrong':
      return 'The email or the password is not right. Check both and try again.';
    case 'locked':
      return `After five wrong passwords sign-in is locked until ${momentIn('UTC')(refusal.until)} (${waitText(refusal.until, now)}).`;
    case 'ceiling':
      return 'After too many wrong passwords sign-in is locked until the password is reset.';
    case 'wait':
      return 'Other tries for this email are still running. Try again in a few seconds.';
    case 'busy':
      return `We are very busy at the moment. Nothing was tried. Try again in ${wait(refusal.retryAfterSeconds)}.`;
    case 'too_many':
      return tooManyText(refusal.retryAfterSeconds);
    case 'malformed':
      return passwordIssueText(refusal.issue);
    case 'address_refused':
      return 'Your organization allows signing in only from its own networks, and you are not on one of them. Ask its owner.';
    case 'suspended':
      return 'Your account is suspended. Ask an admin of your organization.';
    case 'unverified':
      return 'Your email address is not verified yet. Use “Forgot password?” to verify it and set a password.';
    case 'temporary_expired':
      return 'Your temporary password has expired. Use “Forgot password?”, or ask your admin for another one.';
    default:
      return unreachable(refusal);
  }
}

/** Whether a refusal is helped by setting a new password by mail. */
export const isHelpedByReset = ({ code }: LoginRefusal): boolean =>
  code === 'locked' || code === 'ceiling' || code === 'unverified' || code === 'temporary_expired';
