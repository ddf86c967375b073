import 'server-only';
import { Resend } from 'resend';
import { fail, ok } from '@/lib/policy/result';
import { seconds } from '@/lib/policy/time';
import type { ResendSettings } from '../env';
import { failureOfStatus, type Transport } from './transport';

/** The provider's client has no time-out of its own. */
const patience = seconds(10);

export function resendTransport({ apiKey, baseUrl }: ResendSettings, timeout = patience): Transport {
  return async (letter) => {
    const client = new Resend(apiKey, { baseUrl });
    const { error } = await client.emails.send(
      {
        from: letter.from,
        to: letter.to,
        subject: letter.subject ?? '',
        text: letter.text,
        ...(letter.html === null ? {} : { html: letter.html }),
      },
      { idempotencyKey: letter.idempotencyKey, signal: AbortSignal.timeout(timeout) },
    );
    if (!error) return ok(null);
    return fail({ code: failureOfStatus(error.statusCode), message: `${error.name}: ${error.message}` });
  };
}
