import type { Tone } from '@/components/ui/state';
import type { ConfirmationReason } from '@/lib/policy/confirmation';
import type { GuardVerdict } from '@/lib/policy/guard';
import type { OutcomeKind, OutcomeReason } from '@/lib/policy/outcome';

/** What happens to somebody, as a heading of a group of people. */
export const outcomeLabels: Readonly<Record<OutcomeKind, string>> = {
  signed_out_now: 'Signed out now',
  must_act_at_sign_in: 'Must act at the next sign-in',
  must_act_by: 'Must act by a date',
  allowed_again: 'Allowed again',
  unaffected: 'Unaffected',
  surely_compliant: 'Surely compliant',
  decided_when_typed: 'Decided when they next type their password',
  must_change: 'Must change their password',
};

export const outcomeTones: Readonly<Record<OutcomeKind, Tone>> = {
  signed_out_now: 'bad',
  must_change: 'bad',
  must_act_at_sign_in: 'warn',
  must_act_by: 'warn',
  decided_when_typed: 'warn',
  surely_compliant: 'ok',
  allowed_again: 'ok',
  unaffected: 'neutral',
};

const reasons: Readonly<Record<OutcomeReason, string>> = {
  overall_timeout: 'the session is older than the new limit',
  idle: 'the session has been idle for longer than the new limit',
  kind_disabled: 'this kind of app is switched off',
  address_refused: 'the address is in no network of the list',
  second_factor: 'no second factor that is strong enough',
  password_expired: 'the password is older than allowed',
  password_rules: 'the rules for passwords are tighter',
};

export const reasonText = (reason: OutcomeReason | null): string => (reason === null ? '' : reasons[reason]);

/** Why a save is refused before it begins. */
export function refusalText(refusal: NonNullable<GuardVerdict['refusal']>): string {
  switch (refusal.code) {
    case 'shuts_out_saver':
      return `This would shut you out: your address ${refusal.address ?? '(not known)'} is in no network of the list. Add it in the editor with “Add my current address”, then review again.`;
    case 'list_ended':
      return 'Every network of the list has ended, so it would shut out everybody. Add one that counts, or switch the list off.';
    case 'shuts_out_all_owners':
      return 'After this no owner of the organization could sign in. Leave a way in for one of you.';
  }
}

const confirmations: Readonly<Record<ConfirmationReason, string>> = {
  address_list: 'the address list',
  second_factor_at_once: 'the second factor at once',
  one_web_session: 'one web session at a time',
};

export const confirmationText = (all: readonly ConfirmationReason[]): string =>
  all.map((reason) => confirmations[reason]).join(' and ');
