import { Button } from '@/components/ui/button';
import { signOut } from './actions';

/** A form of its own, so that signing out works on every page and without JavaScript. */
export function SignOutForm() {
  return (
    <form action={signOut}>
      <Button type="submit" look="quiet" size="wide">
        Sign out
      </Button>
    </form>
  );
}
