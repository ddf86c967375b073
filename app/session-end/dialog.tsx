'use client';

import { usePathname } from 'next/navigation';
import { type ReactNode, useActionState, useEffect, useId, useRef } from 'react';
import { Countdown } from '@/components/countdown';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { Button } from '@/components/ui/button';
import { Moment } from '@/components/ui/moment';
import { idle } from '@/lib/policy/form-state';
import { signInAgain, staySignedIn } from './actions';
import type { Ends } from './ends';
import type { Warning } from './warning';

type DialogProps = {
  readonly warning: Warning;
  readonly renew: (ends: Ends) => void;
  readonly dismiss: () => void;
};

function StayForm({ renew }: Pick<DialogProps, 'renew'>) {
  const [state, submit] = useActionState(staySignedIn, idle);
  useEffect(() => {
    // The text is what the action made of the same type.
    if (state.status === 'done' && state.data?.ends) renew(JSON.parse(state.data.ends) as Ends);
  }, [state, renew]);
  return (
    <Form action={submit} state={state} label="Stay signed in" quiet>
      <SubmitButton>Stay signed in</SubmitButton>
    </Form>
  );
}

function SignInAgainForm() {
  const [state, submit] = useActionState(signInAgain, idle);
  const path = usePathname();
  return (
    <Form action={submit} state={state} label="Sign in again" quiet>
      <input type="hidden" name="return_to" value={path} />
      <SubmitButton>Sign in again</SubmitButton>
    </Form>
  );
}

const titles: Readonly<Record<Warning['kind'], string>> = {
  idle: 'Are you still there?',
  overall: 'Your session ends soon',
  over: 'You are signed out',
};

function Text({ warning }: Pick<DialogProps, 'warning'>): ReactNode {
  if (warning.kind === 'over')
    return 'Your session has ended. What you typed here is still on this page: copy it before you sign in again.';
  const left = (
    <>
      <Moment at={warning.at} show="absolute" />, in <Countdown until={warning.at} now={Date.now()} />
    </>
  );
  return warning.kind === 'idle' ? (
    <>You have not been active for a while. You are signed out on {left}.</>
  ) : (
    <>Your session reaches its limit on {left}. Save your work, then sign in again.</>
  );
}

/** Over whatever is going on; Escape or "Not now" puts it away, and the end comes as announced. */
export default function SessionEndDialog({ warning, renew, dismiss }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = box.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={box}
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onCancel={(event) => {
        event.preventDefault();
        dismiss();
      }}
      className="m-auto w-[calc(100%-2rem)] max-w-card rounded-md border border-line bg-surface p-5 text-ink backdrop:bg-shade"
    >
      <div className="flex flex-col gap-4">
        <h2 id={`${id}-title`} className="font-semibold text-base">
          {titles[warning.kind]}
        </h2>
        <p id={`${id}-text`} className="text-muted">
          <Text warning={warning} />
        </p>
        <div className="flex flex-wrap gap-2">
          {warning.kind === 'idle' ? <StayForm renew={renew} /> : <SignInAgainForm />}
          <Button look="quiet" onClick={dismiss}>
            Not now
          </Button>
        </div>
      </div>
    </dialog>
  );
}
