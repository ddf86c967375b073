import { StepShell } from '@/app/(sign-in)/step-shell';
import { Callout } from '@/components/ui/callout';
import { Moment } from '@/components/ui/moment';
import { adminsAround } from '@/lib/account/code-screen';
import type { HandOver } from '@/lib/account/hand-over';
import type { Claimant } from '@/lib/sign-in/facts';
import { helpers } from './code-help';
import { PinForm } from './form';

type HandOverStepProps = { readonly claimant: Claimant; readonly handOver: HandOver };

/** The PIN that an admin handed over, in the place of codes to a contact email that is gone. */
export async function HandOverStep({ claimant, handOver }: HandOverStepProps) {
  const named = helpers(await adminsAround(claimant.account.id));
  return (
    <StepShell
      claimant={claimant}
      title="Verification code"
      reason={
        <p>
          An admin reset your contact email, and codes sent there were your second factor. This once a PIN
          that the admin has for you stands in their place; then you enter a new contact email.
        </p>
      }
    >
      {handOver.usable ? (
        <>
          <p className="text-muted">
            The PIN works until <Moment at={handOver.expiresAt} now={claimant.now} show="absolute" />.
          </p>
          <PinForm />
        </>
      ) : (
        <Callout tone="bad" title="This PIN no longer works">
          It was used, tried too often, or is older than 24 hours. Ask{' '}
          {named === '' ? 'an admin of your organization' : named} to reset your contact email again: that
          makes another one.
        </Callout>
      )}
    </StepShell>
  );
}
