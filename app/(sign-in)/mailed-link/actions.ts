'use server';

import { type FreezePurpose, freezeByLink } from '@/lib/account/freeze';
import { waitText } from '@/lib/account/refusal-text';
import { unlockByLink } from '@/lib/account/unlock';
import { action, done, go, refuse } from '@/lib/action';
import { mailedLinkInput } from './input';

const goneText = 'This link was used already or is too old.';

export const unlock = action({
  input: mailedLinkInput,
  as: 'anyone',
  run: async ({ token }, client) => {
    const unlocked = await unlockByLink(token, client);
    return unlocked.ok ? go('/login?notice=unlocked') : refuse(goneText);
  },
});

const freeze = (purpose: FreezePurpose) =>
  action({
    input: mailedLinkInput,
    as: 'anyone',
    run: async ({ token }, client) => {
      const frozen = await freezeByLink(purpose, token, client);
      if (!frozen.ok) return refuse(goneText);
      return done(
        `Your account is on hold. It ends by itself ${waitText(frozen.value.until, frozen.value.now)}.`,
      );
    },
  });

export const hold = freeze('hold');
export const freezeContact = freeze('freeze_contact_email');
