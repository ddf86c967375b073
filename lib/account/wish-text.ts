import 'server-only';
import { momentIn } from '@/lib/io/texts/template';
import { passwordIssueText } from '@/lib/policy/password-text';
import { unreachable } from '@/lib/policy/result';
import type { WishRefusal } from './new-password';
import type { Superseded } from './passwords';

/** The words for a new password that was not set; of broken rules, all of them. */
export function wishRefusalText(refusal: WishRefusal | Superseded): string {
  switch (refusal.code) {
    case 'refused':
      return refusal.issues.map(passwordIssueText).join(' ');
    case 'too_young':
      return `You can change your password again from ${momentIn('UTC')(refusal.allowedAt)}, because a password is kept for at least ${refusal.minimumHours} hours. If somebody else may know it, use “Forgot password?” on the sign-in page now.`;
    case 'busy':
      return `We are very busy at the moment. Try again in ${refusal.retryAfterSeconds} seconds.`;
    case 'superseded':
      return 'Your password was changed elsewhere a moment ago. Sign in with the new one.';
    default:
      return unreachable(refusal);
  }
}
