'use client';

import { Fingerprint } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from './ui/button';
import { Callout } from './ui/callout';

/** Browsers throw alike for "no passkey here", "turned away" and "too late": the person sees one sentence for all. */
async function answerOf(options: string): Promise<string | null> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  try {
    return JSON.stringify(await startAuthentication({ optionsJSON: JSON.parse(options) }));
  } catch {
    return null;
  }
}

/** A passkey in the place of password and code: it sends the form around it with its answer. Needs JavaScript, as passkeys do. */
export function PasskeyProof({ options }: { readonly options: string }) {
  const answer = useRef<HTMLInputElement>(null);
  const [isTurnedAway, setTurnedAway] = useState(false);
  const prove = async () => {
    setTurnedAway(false);
    const given = await answerOf(options);
    const field = answer.current;
    if (given === null || field === null) return setTurnedAway(true);
    field.value = given;
    field.form?.requestSubmit();
  };
  return (
    <div className="needs-script flex flex-col gap-3">
      <input ref={answer} type="hidden" name="confirm_passkey" />
      {isTurnedAway && (
        <Callout tone="bad" role="alert">
          No passkey was used. Try again, or use your password.
        </Callout>
      )}
      <div>
        <Button look="primary" icon={<Fingerprint aria-hidden />} onClick={prove}>
          Use a passkey
        </Button>
      </div>
      <p className="text-muted text-sm">Or with your password:</p>
    </div>
  );
}
