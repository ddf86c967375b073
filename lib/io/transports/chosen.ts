import 'server-only';
import { fail, ok } from '@/lib/policy/result';
import { type Settings, settings } from '../env';
import { resendTransport } from './resend';
import type { Transport } from './transport';
import { twilioTransport } from './twilio';

/** The desk accepts everything; the worker keeps its copy. */
const deskTransport: Transport = () => Promise.resolve(ok(null));

const missing =
  (channel: string): Transport =>
  () =>
    Promise.resolve(fail({ code: 'never', message: `no transport for ${channel} is set up` }));

/** The transports the settings ask for. */
export function transportOf(chosen: Settings = settings()): Transport {
  if (chosen.desk) return deskTransport;
  const email = chosen.resend ? resendTransport(chosen.resend) : missing('email');
  const sms = chosen.twilio ? twilioTransport(chosen.twilio) : missing('sms');
  return (letter) => (letter.channel === 'email' ? email(letter) : sms(letter));
}

export const senderOf = (channel: 'email' | 'sms', chosen: Settings = settings()): string =>
  channel === 'email' ? chosen.mailFrom : (chosen.twilio?.from ?? 'Gatehouse');
