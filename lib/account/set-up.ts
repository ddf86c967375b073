import 'server-only';
import { database, transaction } from '@/lib/io/db';
import { fail, ok, type Result } from '@/lib/policy/result';
import type { AccountActor } from './actor';
import type { SendRefusal, SentCode } from './codes';
import { beginEmailCode, type NoContactEmail } from './email-code';
import { checkHold, type Held } from './hold';
import { beginPasskey } from './passkeys';
import { type PhoneRefusal, parsePhone } from './phone-number';
import { beginSms } from './sms';
import { beginTotp } from './totp';

/** Shows a new key: begins the set-up of an app. */
export const startTotp = (actor: AccountActor): Promise<Result<null, Held>> =>
  transaction(async (tx) => {
    const free = await checkHold(tx, actor);
    if (free.ok) await beginTotp(tx, actor);
    return free;
  });

export type StartSmsRefusal =
  | { readonly code: 'phone'; readonly refusal: PhoneRefusal }
  | { readonly code: 'send'; readonly refusal: SendRefusal | Held };

/** Texts a code to a number as typed, with the country chosen beside it. */
export async function startSms(
  actor: AccountActor,
  typed: { readonly number: string; readonly country: string },
  lifetimeMinutes: number,
): Promise<Result<SentCode, StartSmsRefusal>> {
  const number = parsePhone(typed.number, typed.country);
  if (!number.ok) return fail({ code: 'phone', refusal: number.error });
  const sent = await transaction((tx) => beginSms(tx, actor, { number: number.value, lifetimeMinutes }));
  return sent.ok ? sent : fail({ code: 'send', refusal: sent.error });
}

/** Mails a code to the verified contact email. */
export const startEmailCode = (
  actor: AccountActor,
  lifetimeMinutes: number,
): Promise<Result<SentCode, SendRefusal | NoContactEmail | Held>> =>
  transaction((tx) => beginEmailCode(tx, actor, lifetimeMinutes));

/** What the browser needs to make a passkey, as JSON. */
export async function startPasskey(
  actor: AccountActor,
  person: { readonly loginEmail: string; readonly name: string },
): Promise<Result<string, Held>> {
  const free = await checkHold(database(), actor);
  return free.ok ? ok(JSON.stringify(await beginPasskey(database(), actor, person))) : free;
}
