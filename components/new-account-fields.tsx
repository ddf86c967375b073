import type { RuleTuple } from '@/lib/policy/password';
import { NewPasswordField } from './new-password-field';
import { TextField } from './text-field';
import { UsernameField } from './username-field';

type NewAccountFieldsProps = {
  /** The mailed link that was followed. */
  readonly token: string;
  readonly email: string;
  /** Names that the password may not hold. */
  readonly organizations: readonly string[];
  readonly rules: RuleTuple;
};

/** What somebody who followed a mailed link says of themselves to get an account. */
export function NewAccountFields({ token, email, organizations, rules }: NewAccountFieldsProps) {
  return (
    <>
      <input type="hidden" name="token" value={token} />
      <UsernameField email={email} />
      <TextField name="name" label="Name" autoComplete="name" />
      <NewPasswordField
        name="password"
        label="Password"
        rules={rules}
        names={{ person: null, login: email, organizations }}
      />
    </>
  );
}
