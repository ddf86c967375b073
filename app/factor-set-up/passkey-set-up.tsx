'use client';

import { Fingerprint } from 'lucide-react';
import { useActionState, useEffect, useRef, useState } from 'react';
import { passkeyAnswer, usePasskeySupport } from '@/app/passkey/passkey-form';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { TextField } from '@/components/text-field';
import { Callout } from '@/components/ui/callout';
import { idle } from '@/lib/policy/form-state';
import type { SetUpAction } from './actions-of';

type PasskeySetUpProps = {
  /** Answers with `data.options` and `data.name`. */
  readonly begin: SetUpAction;
  /** Gets the fields `name` and `answer`. */
  readonly finish: SetUpAction;
};

const turnedAway = 'No passkey was made. Try again, or choose another method.';

/** Names a passkey, lets the browser make it, and sends its answer. */
export function PasskeySetUp({ begin, finish }: PasskeySetUpProps) {
  const [asked, ask] = useActionState(begin, idle);
  const [state, submit] = useActionState(finish, idle);
  const [problem, setProblem] = useState<string | null>(null);
  const answer = useRef<HTMLInputElement>(null);
  const supported = usePasskeySupport();
  const options = asked.status === 'done' ? asked.data?.options : undefined;
  useEffect(() => {
    if (options === undefined) return;
    setProblem(null);
    void passkeyAnswer(options, 'make').then((given) => {
      const field = answer.current;
      if (given === null || field === null) return setProblem(turnedAway);
      field.value = given;
      field.form?.requestSubmit();
    });
  }, [options]);
  return (
    <>
      {supported === false && <Callout tone="warn">This browser cannot make passkeys.</Callout>}
      <noscript>
        <Callout tone="warn">A passkey needs JavaScript. Choose another method.</Callout>
      </noscript>
      {problem && (
        <Callout tone="bad" role="alert">
          {problem}
        </Callout>
      )}
      <Form action={ask} state={asked} label="New passkey" className="needs-script" quiet>
        <TextField
          name="name"
          label="Name"
          hint="So that you know it again, such as “Laptop” or “Blue key”."
          defaultValue="My passkey"
          autoComplete="off"
        />
        <div>
          <SubmitButton icon={<Fingerprint aria-hidden />}>Create passkey</SubmitButton>
        </div>
      </Form>
      <Form
        action={submit}
        state={state}
        label="Finish passkey"
        className={state.status === 'idle' ? 'hidden' : undefined}
        quiet
      >
        <input type="hidden" name="name" value={asked.status === 'done' ? (asked.data?.name ?? '') : ''} />
        <input ref={answer} type="hidden" name="answer" />
      </Form>
    </>
  );
}
