import { CodeField } from './code-field';
import { SubmitButton } from './submit-button';
import { TextField } from './text-field';

type ContactEmailFieldsProps = { readonly email: string; readonly isSent: boolean };

/** The address to prove, with the button that mails a code to it. */
export function ContactEmailFields({ email, isSent }: ContactEmailFieldsProps) {
  return (
    <>
      <TextField
        name="email"
        label="Contact email"
        type="email"
        autoComplete="email"
        spellCheck={false}
        defaultValue={email}
        hint="Everything about the security of your sign-in goes there. It may be the address you sign in with."
      />
      <div>
        <SubmitButton look={isSent ? 'secondary' : 'primary'}>
          {isSent ? 'Send a new code' : 'Send code'}
        </SubmitButton>
      </div>
    </>
  );
}

/** The code that proves the address; its letters tell it from an older one. */
export function ContactCodeFields({ reference }: { readonly reference: string }) {
  return (
    <>
      <CodeField hint={`The code with the letters ${reference}.`} />
      <div>
        <SubmitButton>Verify code</SubmitButton>
      </div>
    </>
  );
}
