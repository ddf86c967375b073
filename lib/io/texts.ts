import 'server-only';
import type { NoticeContent, NoticeKind } from './notice-kinds';
import { codeTexts, linkTexts } from './texts/codes-and-links';
import { claimTexts, dutyTexts, organizationTexts } from './texts/organization';
import { factorTexts, passwordTexts } from './texts/password-and-factors';
import { signInTexts } from './texts/sign-in';
import { momentIn, type NoticeText, type SpellMoment, type Templates } from './texts/template';

const templates: Templates<NoticeKind> = {
  ...codeTexts,
  ...linkTexts,
  ...signInTexts,
  ...passwordTexts,
  ...factorTexts,
  ...dutyTexts,
  ...organizationTexts,
  ...claimTexts,
};

export const noticeKinds = Object.keys(templates) as readonly NoticeKind[];

/** Puts words to a notice: the same for mail and app. */
export function noticeText({ kind, data }: NoticeContent, spell: SpellMoment = momentIn('UTC')): NoticeText {
  // Kind and data belong together by the type of `enqueue`; the compiler cannot follow them through the table.
  const template = templates[kind] as (data: NoticeContent['data'], spell: SpellMoment) => NoticeText;
  return template(data, spell);
}

/** Takes a stored row for what `enqueue` or `notify` wrote; null for a kind this version does not know. */
export function storedNotice(kind: string, data: unknown): NoticeContent | null {
  return Object.hasOwn(templates, kind)
    ? { kind: kind as NoticeKind, data: data as NoticeContent['data'] }
    : null;
}
