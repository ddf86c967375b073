import { QrCode } from '@/components/qr-code';
import { SecretKey } from '@/components/secret-key';
import { Callout } from '@/components/ui/callout';
import type { SetUpAction } from './actions-of';
import { ButtonForm, SetUpCodeForm } from './code-form';

type TotpSetUpProps = {
  readonly pending: { readonly secret: string; readonly uri: string } | null;
  readonly choose: SetUpAction;
  readonly confirm: SetUpAction;
};

/** The key as a picture and as text, and the code that proves it arrived. */
export function TotpSetUp({ pending, choose, confirm }: TotpSetUpProps) {
  if (pending === null)
    return (
      <>
        <Callout tone="warn">This key is no longer shown: a set-up lasts fifteen minutes.</Callout>
        <ButtonForm action={choose} label="Use an authentication app" values={{ method: 'totp' }} />
      </>
    );
  return (
    <ol className="flex flex-col gap-6">
      <li className="flex flex-col gap-3">
        <p>1. Open your authentication app, add an account and scan this code.</p>
        <QrCode value={pending.uri} label="Scan with your authentication app" />
        <p className="text-muted text-sm">Cannot scan? Enter this key by hand, as time based:</p>
        <SecretKey secret={pending.secret} />
      </li>
      <li className="flex flex-col gap-3">
        <p>2. Enter the six digits that the app now shows.</p>
        <SetUpCodeForm action={confirm} />
      </li>
    </ol>
  );
}
