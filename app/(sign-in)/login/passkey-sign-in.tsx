'use client';

import { browserSupportsWebAuthnAutofill, WebAuthnAbortService } from '@simplewebauthn/browser';
import { useActionState, useEffect, useRef } from 'react';
import { PasskeyForm, passkeyAnswer } from '@/app/passkey/passkey-form';
import { Form } from '@/components/form';
import { idle } from '@/lib/policy/form-state';
import { beginPasskeyLogin, finishPasskeyLogin } from './passkey-actions';

/**
 * Offers the person's passkeys in the email field's own suggestions, where the browser can. A browser asks one question at a time:
 * the offer is withdrawn when the button is pressed, which the function given back tells, and when the page is left.
 */
function useAutofill(onAnswer: (answer: string) => void): () => void {
  const offered = useRef(true);
  const answered = useRef(onAnswer);
  answered.current = onAnswer;
  useEffect(() => {
    let stays = true;
    const stands = () => stays && offered.current;
    void (async () => {
      if (!(await browserSupportsWebAuthnAutofill()) || !stands()) return;
      const asked = await beginPasskeyLogin(idle, new FormData());
      const options = asked.status === 'done' ? asked.data?.options : undefined;
      if (options === undefined || !stands()) return;
      const answer = await passkeyAnswer(options, 'autofill');
      if (answer !== null && stands()) answered.current(answer);
    })();
    return () => {
      stays = false;
      WebAuthnAbortService.cancelCeremony();
    };
  }, []);
  return () => {
    offered.current = false;
  };
}

/** Sign in with a passkey: by the button, or from the suggestions of the email field. */
export function PasskeySignIn({ returnTo }: { readonly returnTo: string | null }) {
  const [state, submit] = useActionState(finishPasskeyLogin, idle);
  const answer = useRef<HTMLInputElement>(null);
  const withdraw = useAutofill((given) => {
    if (answer.current === null) return;
    answer.current.value = given;
    answer.current.form?.requestSubmit();
  });
  const destination = returnTo && <input type="hidden" name="return_to" value={returnTo} />;
  return (
    <div className="needs-script flex flex-col border-line border-t pt-5">
      <Form action={submit} state={state} label="Passkey from the suggestions" quiet>
        <input ref={answer} type="hidden" name="answer" />
        {destination}
      </Form>
      <PasskeyForm
        begin={beginPasskeyLogin}
        finish={finishPasskeyLogin}
        label="Use a passkey"
        look="secondary"
        onStart={withdraw}
      >
        {destination}
      </PasskeyForm>
    </div>
  );
}
