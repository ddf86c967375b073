import 'server-only';
import { database } from '@/lib/io/db';
import { listNotices, markRead, type NoticePage } from '@/lib/io/notify';
import type { CurrentSession } from '@/lib/session/current';

export type { NoticeView, Paragraph } from '@/lib/io/notify';

const pageSize = 25;

/** A page of the person's notices in words, newest first: what is older than the notice `before`. */
export const ownNotices = ({ accountId }: CurrentSession, before: string | null): Promise<NoticePage> =>
  listNotices(database(), accountId, { before, limit: pageSize });

/** Marks one of the person's own notices as read, or all of them. */
export const readNotices = ({ accountId }: CurrentSession, id?: string): Promise<void> =>
  markRead(database(), accountId, id);
