import 'server-only';
import { database } from '@/lib/io/db';
import type { AccountActor } from './actor';
import { liveCode, type SentCode } from './codes';
import { codeDestination } from './factors';
import { type Country, smsCountries } from './phone-number';
import { pendingNumber } from './sms';
import { type PendingTotp, pendingTotp } from './totp';

type Who = Pick<AccountActor, 'accountId' | 'binding'>;

/** A code of a set-up that is under way, and where it went. */
export type SetUpCode = { readonly to: string; readonly sent: SentCode | null };

export const totpScreen = (who: Who, login: string): Promise<PendingTotp | null> =>
  pendingTotp(database(), who, login);

export type SmsScreen = {
  readonly pending: SetUpCode | null;
  readonly countries: readonly Country[];
};

export async function smsScreen(who: Who): Promise<SmsScreen> {
  const to = await pendingNumber(database(), who);
  const sent =
    to === null ? null : await liveCode(database(), { ...who, purpose: 'phone_number', channel: 'sms' });
  return {
    pending: to === null ? null : { to, sent },
    countries: smsCountries(),
  };
}

export async function emailScreen(who: Who): Promise<SetUpCode | null> {
  const to = await codeDestination(database(), who.accountId, 'email');
  const sent =
    to === null ? null : await liveCode(database(), { ...who, purpose: 'email_method', channel: 'email' });
  return to === null ? null : { to, sent };
}
