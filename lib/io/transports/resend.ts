import 'server-only';
import { Resend } from 'resend';
import { fail, ok } from '@/lib/policy/result';
import { seconds } from '@/lib/policy/time';
import type { ResendSettings } from '../env';
import { failureOfStatus, type Transport } from './transport';

/** The provider's client has no time-out of its own. */
const patience = seconds(10);

type Refusal = { readonly name: string; readonly message: string; readonly statusCode: number | null };

/** The provider names the field it refuses; any other refusal says nothing about the mailbox. */
const isAboutRecipient = ({ message, statusCode }: Refusal) => statusCode === 422 && /`to`/.test(message);

/** The provider's own sentence may repeat the letter with its code, so neither a log nor a row keeps it. */
const reasonOf = ({ name, statusCode }: Refusal) =>
  `${/^[a-z_]{1,60}$/.test(name) ? name : 'refused'}, status ${statusCode ?? 'unknown'}`;

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
    const code = isAboutRecipient(error) ? 'bounced' : failureOfStatus(error.statusCode);
    return fail({ code, message: reasonOf(error) });
  };
}
