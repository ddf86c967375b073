import 'server-only';
import { database } from '@/lib/io/db';
import { listNotices, markRead, type NoticeView } from '@/lib/io/notify';
import type { CurrentSession } from '@/lib/session/current';

export type { NoticeView } from '@/lib/io/notify';

const shown = 100;

/** The person's newest notices, in words. */
export const ownNotices = ({ accountId }: CurrentSession): Promise<readonly NoticeView[]> =>
  listNotices(database(), accountId, { limit: shown });

/** Marks one of the person's own notices as read, or all of them. */
export const readNotices = ({ accountId }: CurrentSession, id?: string): Promise<void> =>
  markRead(database(), accountId, id);
