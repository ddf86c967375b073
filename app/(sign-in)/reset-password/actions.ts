'use server';

import { wishRefusalText } from '@/lib/account/wish-text';
import { action, go, refuse } from '@/lib/action';
import { resetPassword } from '@/lib/sign-in/reset';
import { resetInput } from './input';

export const setPassword = action({
  input: resetInput,
  as: 'anyone',
  run: async ({ token, newPassword }, client) => {
    const set = await resetPassword({ token, password: newPassword }, client);
    if (set.ok) return go('/login?notice=password_reset');
    switch (set.error.code) {
      case 'link_gone':
        return refuse(
          'This link was used already or is too old. Ask for a new one under “Forgot password?”.',
        );
      case 'busy':
        return refuse(wishRefusalText(set.error));
      default:
        return refuse('There is one thing to mend.', { newPassword: wishRefusalText(set.error) });
    }
  },
});
