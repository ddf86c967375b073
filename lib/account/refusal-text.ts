import 'server-only';
import { unreachable } from '@/lib/policy/result';
import type { Instant } from '@/lib/policy/time';
import type { SendRefusal } from './codes';
import type { NoContactEmail } from './email-code';
import type { FactorRefusal, FactorSendRefusal } from './factor-proof';
import type { RemovalRefusal } from './factor-removal';
import type { HandOverRefusal } from './hand-over';
import type { Held } from './hold';
import type { PasskeyRefusal } from './passkeys';
import type { PasswordRefusal } from './password-check';
import type { PhoneRefusal } from './phone-number';
import type { ConfirmSmsRefusal } from './sms';
import type { SetUpRefusal } from './totp';

/** "in 3 minutes", rounded up, never "in 0 minutes". */
export function waitText(until: Instant, now: Instant): string {
  const secondsLeft = Math.max(1, Math.ceil((until - now) / 1000));
  if (secondsLeft < 60) return `in ${secondsLeft} ${secondsLeft === 1 ? 'second' : 'seconds'}`;
  const minutesLeft = Math.ceil(secondsLeft / 60);
  if (minutesLeft < 120) return `in ${minutesLeft} ${minutesLeft === 1 ? 'minute' : 'minutes'}`;
  return `in ${Math.ceil(minutesLeft / 60)} hours`;
}

/** The words for a change that waits until a hold is over. */
export const heldText = (held: Held, now: Instant): string =>
  `Somebody who reads your mail put your account on hold. It ends ${waitText(held.until, now)}; until then only a second factor that you have, or an admin, can change how you sign in.`;

/** The words for a code or app answer that was refused. */
export function factorRefusalText(refusal: FactorRefusal, now: Instant): string {
  switch (refusal.code) {
    case 'code_wrong':
      return 'This code is not right. Check it and try again.';
    case 'code_expired':
      return 'This code has run out. Ask for a new one.';
    case 'code_replaced':
      return 'That is an older code. Use the newest one, with the letters shown here.';
    case 'code_spent':
      return 'This code was tried too often. Ask for a new one.';
    case 'code_used':
      return 'This code was used already. Wait for the next one, or use another.';
    case 'paused':
      return `There were too many wrong codes. Try again ${waitText(refusal.until, now)}.`;
    case 'method_off':
      return 'This method is off after too many wrong codes. Use another one or a backup code.';
    case 'method_not_offered':
      return 'This method is not available here. Choose another one.';
    default:
      return unreachable(refusal);
  }
}

/** The words for an admin's PIN that was refused. */
export const handOverRefusalText = (refusal: HandOverRefusal): string =>
  refusal.code === 'pin_wrong'
    ? `This PIN is not right. Check it and try again; ${refusal.triesLeft === 1 ? 'one try is' : `${refusal.triesLeft} tries are`} left.`
    : 'This PIN no longer works. Ask your admin for another one.';

/** The words for a mobile number that was not accepted. */
export function phoneRefusalText(refusal: PhoneRefusal): string {
  switch (refusal.code) {
    case 'number_missing':
      return 'Enter your mobile number.';
    case 'number_malformed':
      return 'This is not a number of this country. Check the digits and the country.';
    case 'number_cannot_receive':
      return 'This number cannot receive text messages. Enter a mobile number.';
    case 'country_not_allowed':
      return 'We do not send text messages to this country. Use an authentication app instead.';
    default:
      return unreachable(refusal);
  }
}

/** The words for a code by email that could not be switched on. */
export const emailCodeRefusalText = (refusal: SendRefusal | NoContactEmail | Held, now: Instant): string =>
  refusal.code === 'contact_email_unproven'
    ? 'Verify your contact email first, under Contact email.'
    : sendRefusalText(refusal, now);

/** The words for a set-up that its code did not finish. */
export function setUpRefusalText(
  refusal: SetUpRefusal | ConfirmSmsRefusal | NoContactEmail | Held,
  now: Instant,
): string {
  switch (refusal.code) {
    case 'set_up_expired':
      return 'This set-up has run out. Begin again.';
    case 'contact_email_unproven':
      return 'Verify your contact email first.';
    case 'frozen':
      return heldText(refusal, now);
    default:
      return factorRefusalText(refusal, now);
  }
}

const everyOne = new Intl.ListFormat('en', { type: 'conjunction' });

/** The words for a factor that must stay. */
export function removalRefusalText(refusal: RemovalRefusal): string {
  return refusal.code === 'mandated'
    ? `${everyOne.format(refusal.by)} ${refusal.by.length === 1 ? 'requires' : 'require'} two-factor authentication, and without this method you would not have enough. Set up another one first.`
    : 'This method is not set up any more.';
}

/** The words for a passkey that was not accepted. */
export function passkeyRefusalText(refusal: PasskeyRefusal): string {
  return refusal.code === 'challenge_over'
    ? 'That took too long, or was sent twice. Try again.'
    : 'This passkey was not accepted. Try again, or use another way.';
}

/** The words for a code that was not sent. */
export function sendRefusalText(refusal: FactorSendRefusal | Held, now: Instant): string {
  switch (refusal.code) {
    case 'wait':
      return `A new code can be sent ${waitText(refusal.until, now)}.`;
    case 'frozen':
      return heldText(refusal, now);
    case 'method_not_offered':
      return 'We cannot send a code by this method. Choose another one.';
    default:
      return unreachable(refusal);
  }
}

/** The words for a password that was not accepted by somebody who is signed in. */
export function passwordRefusalText(refusal: PasswordRefusal, now: Instant): string {
  switch (refusal.code) {
    case 'wrong':
      return 'This is not your password. Check it and try again.';
    case 'locked':
      return `There were too many wrong passwords. Try again ${waitText(refusal.until, now)}.`;
    case 'ceiling':
      return 'There were too many wrong passwords. Reset your password by mail to go on.';
    case 'wait':
      return 'Other tries are still running. Try again in a few seconds.';
    case 'busy':
      return `We are very busy. Try again in ${refusal.retryAfterSeconds} seconds.`;
    default:
      return unreachable(refusal);
  }
}
