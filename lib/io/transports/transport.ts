import 'server-only';
import type { Result } from '@/lib/policy/result';

export type Letter = {
  /** The same for every try, so that a provider that saw it before does not send it again. */
  readonly idempotencyKey: string;
  readonly channel: 'email' | 'sms';
  readonly to: string;
  readonly from: string;
  /** Null for a text message, as is `html`. */
  readonly subject: string | null;
  readonly text: string;
  readonly html: string | null;
};

/** `later` may be tried again; `never` will fail however often it is tried; `bounced` because nobody can be reached there. */
export type TransportFailure = { readonly code: 'later' | 'never' | 'bounced'; readonly message: string };

/** Hands a letter to the outside world. Resolves once it was accepted or refused, within its time-out. */
export type Transport = (letter: Letter) => Promise<Result<null, TransportFailure>>;

/** Refusals that concern the letter itself; a full or tired provider is asked again. */
export const failureOfStatus = (status: number | null): 'later' | 'never' =>
  status !== null && status >= 400 && status < 500 && ![401, 403, 408, 409, 425, 429].includes(status)
    ? 'never'
    : 'later';
