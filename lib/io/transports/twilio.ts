import 'server-only';
import { fail, ok } from '@/lib/policy/result';
import { seconds } from '@/lib/policy/time';
import type { TwilioSettings } from '../env';
import { failureOfStatus, type Transport } from './transport';

const patience = seconds(10);

export function twilioTransport(twilio: TwilioSettings, timeout = patience): Transport {
  const { accountSid, authToken, baseUrl } = twilio;
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  return async (letter) => {
    try {
      const response = await fetch(`${baseUrl}/2010-04-01/Accounts/${accountSid}/Messages.json`, {
        method: 'POST',
        headers: { authorization, 'i-twilio-idempotency-token': letter.idempotencyKey },
        body: new URLSearchParams({ To: letter.to, From: letter.from, Body: letter.text }),
        signal: AbortSignal.timeout(timeout),
      });
      await response.body?.cancel();
      if (response.ok) return ok(null);
      return fail({ code: failureOfStatus(response.status), message: `status ${response.status}` });
    } catch (error) {
      return fail({ code: 'later', message: error instanceof Error ? error.name : 'unreachable' });
    }
  };
}
