'use client';

import { browserSupportsWebAuthnAutofill } from '@simplewebauthn/browser';
import { useActionState, useEffect, useRef } from 'react';
import { PasskeyForm, passkeyAnswer } from '@/app/passkey/passkey-form';
import { Form } from '@/components/form';
import { idle } from '@/lib/policy/form-state';
import { beginPasskeyLogin, finishPasskeyLogin } from './passkey-actions';

/** Offers the person's passkeys in the email field's own suggestions, where the browser can. */
function useAutofill(onAnswer: (answer: string) => void) {
  const begun = useRef(false);
  const answered = useRef(onAnswer);
  answered.current = onAnswer;
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void (async () => {
      if (!(await browserSupportsWebAuthnAutofill())) return;
      const asked = await beginPasskeyLogin(idle, new FormData());
      const options = asked.status === 'done' ? asked.data?.options : undefined;
      const answer = options === undefined ? null : await passkeyAnswer(options, 'autofill');
      if (answer !== null) answered.current(answer);
    })();
  }, []);
}

/** Sign in with a passkey: by the button, or from the suggestions of the email field. */
export function PasskeySignIn({ returnTo }: { readonly returnTo: string | null }) {
  const [state, submit] = useActionState(finishPasskeyLogin, idle);
  const answer = useRef<HTMLInputElement>(null);
  useAutofill((given) => {
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
      >
        {destination}
      </PasskeyForm>
    </div>
  );
}
