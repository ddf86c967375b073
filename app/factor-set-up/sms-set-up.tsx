import { DeskLink } from '@/app/(sign-in)/desk-link';
import { Moment } from '@/components/ui/moment';
import type { SentCode } from '@/lib/account/codes';
import type { Country } from '@/lib/account/phone-number';
import type { SetUpAction } from './actions-of';
import { ButtonForm, SetUpCodeForm } from './code-form';
import { NumberForm } from './number-form';

export type SentTo = { readonly to: string; readonly sent: SentCode | null };

type SentCodeStepProps = SentTo & {
  readonly confirm: SetUpAction;
  readonly again: SetUpAction;
  readonly values?: Readonly<Record<string, string>>;
  readonly now: number;
};

/** "We sent you a code", its field, and the way to another one. */
export function SentCodeStep({ to, sent, confirm, again, values, now }: SentCodeStepProps) {
  return (
    <>
      {sent ? (
        <p className="text-muted">
          We sent a code to <span className="font-mono text-ink">{to}</span>. Its letters are{' '}
          <strong className="font-mono text-ink">{sent.reference}</strong>; it works until{' '}
          <Moment at={sent.expiresAt} now={now} show="absolute" />.
        </p>
      ) : (
        <p className="text-muted">
          The code for <span className="font-mono text-ink">{to}</span> no longer works. Send a new one.
        </p>
      )}
      <DeskLink />
      <SetUpCodeForm action={confirm} />
      <ButtonForm action={again} label="Send a new code" {...(values ? { values } : {})} />
    </>
  );
}

type SmsSetUpProps = {
  readonly pending: SentTo | null;
  readonly countries: readonly Country[];
  readonly send: SetUpAction;
  readonly confirm: SetUpAction;
  readonly now: number;
};

/** The number, then the code that was texted to it. */
export function SmsSetUp({ pending, countries, send, confirm, now }: SmsSetUpProps) {
  if (pending === null) return <NumberForm action={send} countries={countries} />;
  return (
    <SentCodeStep
      {...pending}
      confirm={confirm}
      again={send}
      values={{ country: '', number: pending.to }}
      now={now}
    />
  );
}
