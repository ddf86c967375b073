'use server';

import { revalidatePath } from 'next/cache';
import { readNotices } from '@/lib/account/notices';
import { action, done } from '@/lib/action';
import { readAllInput, readOneInput } from './input';

export const readOne = action({
  input: readOneInput,
  as: 'user',
  run: async ({ notice }, { session }) => {
    await readNotices(session, notice);
    revalidatePath('/', 'layout');
    return done('Marked as read.');
  },
});

export const readAll = action({
  input: readAllInput,
  as: 'user',
  run: async (_input, { session }) => {
    await readNotices(session);
    revalidatePath('/', 'layout');
    return done('All notices are marked as read.');
  },
});
