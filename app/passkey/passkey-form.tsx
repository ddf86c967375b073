'use client';

import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { Fingerprint } from 'lucide-react';
import { type ReactNode, useActionState, useRef, useState, useSyncExternalStore } from 'react';
import { Form } from '@/components/form';
import { Button, type ButtonLook } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { type FormState, idle } from '@/lib/policy/form-state';

type Action = (state: FormState, form: FormData) => Promise<FormState>;

/** Asks the browser for a passkey's answer; null when the person turned away or it cannot. */
export async function passkeyAnswer(
  options: string,
  kind: 'use' | 'autofill' | 'make',
): Promise<string | null> {
  try {
    const optionsJSON = JSON.parse(options);
    const answer =
      kind === 'make'
        ? await startRegistration({ optionsJSON })
        : await startAuthentication({ optionsJSON, useBrowserAutofill: kind === 'autofill' });
    return JSON.stringify(answer);
  } catch {
    // Browsers throw alike for "no passkey here", "turned away" and "too late": the person sees one sentence for all.
    return null;
  }
}

const noChange = () => () => undefined;

export function usePasskeySupport(): boolean | undefined {
  return useSyncExternalStore(noChange, browserSupportsWebAuthn, () => undefined);
}

type PasskeyFormProps = {
  /** Answers with `data.options`. */
  readonly begin: Action;
  /** Gets the field `answer`. */
  readonly finish: Action;
  readonly label: string;
  readonly look?: ButtonLook;
  /** Called when the button is pressed, before anything is asked. */
  readonly onStart?: () => void;
  readonly children?: ReactNode;
};

const turnedAway = 'No passkey was used. Try again, or use another way.';

/** One button: asks the server for a challenge, the browser for its answer, and sends it. */
export function PasskeyForm({ begin, finish, label, look = 'primary', onStart, children }: PasskeyFormProps) {
  const [state, submit] = useActionState(finish, idle);
  const [problem, setProblem] = useState<string | null>(null);
  const answer = useRef<HTMLInputElement>(null);
  const supported = usePasskeySupport();
  const start = async () => {
    onStart?.();
    setProblem(null);
    const asked = await begin(idle, new FormData());
    const options = asked.status === 'done' ? asked.data?.options : undefined;
    if (options === undefined) return setProblem(asked.status === 'error' ? asked.summary : turnedAway);
    const given = await passkeyAnswer(options, 'use');
    const field = answer.current;
    if (given === null || field === null) return setProblem(turnedAway);
    field.value = given;
    field.form?.requestSubmit();
  };
  return (
    <Form action={submit} state={state} label={label} quiet>
      <input ref={answer} type="hidden" name="answer" />
      {children}
      {supported === false && <Callout tone="warn">This browser cannot use passkeys.</Callout>}
      {problem && (
        <Callout tone="bad" role="alert">
          {problem}
        </Callout>
      )}
      <noscript>
        <Callout tone="warn">A passkey needs JavaScript. Use another way.</Callout>
      </noscript>
      <Button
        look={look}
        size="wide"
        onClick={start}
        icon={<Fingerprint aria-hidden />}
        className="needs-script"
      >
        {label}
      </Button>
    </Form>
  );
}
