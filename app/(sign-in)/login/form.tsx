'use client';

import { useActionState } from 'react';
import { Form } from '@/components/form';
import { useFieldState } from '@/components/form-context';
import { PasswordField } from '@/components/password-field';
import { SubmitButton } from '@/components/submit-button';
import { TextField } from '@/components/text-field';
import { buttonClass } from '@/components/ui/button';
import { TextLink } from '@/components/ui/text-link';
import { idle } from '@/lib/policy/form-state';
import { signIn } from './actions';

/** Where the summary of a locked sign-in leads. */
function ResetWay() {
  const { id, error } = useFieldState('reset');
  if (error === undefined) return null;
  return (
    <a id={id} href="/forgot-password" className={buttonClass('secondary', 'wide')}>
      {error}
    </a>
  );
}

export function LoginForm({ returnTo }: { readonly returnTo: string | null }) {
  const [state, submit] = useActionState(signIn, idle);
  return (
    <Form action={submit} state={state} quiet>
      <ResetWay />
      {returnTo && <input type="hidden" name="return_to" value={returnTo} />}
      <TextField
        name="email"
        label="Email"
        type="email"
        autoComplete="username webauthn"
        spellCheck={false}
      />
      <PasswordField
        autoComplete="current-password"
        aside={<TextLink href="/forgot-password">Forgot password?</TextLink>}
      />
      <SubmitButton size="wide">Sign in</SubmitButton>
    </Form>
  );
}
