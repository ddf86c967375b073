import 'server-only';
import { absoluteText } from '@/lib/policy/moment-text';
import type { Instant } from '@/lib/policy/time';
import type { MethodName, NoticeData, NoticeKind } from '../notice-kinds';

/** One source for the mail, the text message and the notice in the app. */
export type NoticeText = {
  readonly title: string;
  /** Paragraphs of plain text. */
  readonly body: readonly string[];
  /** Where to go from here; `path` is under the app's own origin. Kinds with a mailed link give its label only. */
  readonly action?: { readonly label: string; readonly path?: string };
  /** Security kinds cannot be muted and end with the way out: "This wasn't me". */
  readonly security: boolean;
};

/** Spells an instant with its zone: UTC in mails; on screen it is left for the reader's own. */
export type SpellMoment = (at: Instant) => string;

export type Template<K extends NoticeKind> = (data: NoticeData[K], spell: SpellMoment) => NoticeText;
export type Templates<K extends NoticeKind> = { readonly [Kind in K]: Template<Kind> };

export const methodNames: Readonly<Record<MethodName, string>> = {
  email: 'codes by email',
  sms: 'codes by SMS text message',
  totp: 'the authentication app',
  passkey: 'a passkey',
};

export const count = (number: number, one: string): string => `${number} ${number === 1 ? one : `${one}s`}`;

/** "Thu 27 Nov 2026, 14:00 UTC", in the zone given by its IANA name. */
export const momentIn =
  (zone: string): SpellMoment =>
  (at) =>
    absoluteText(at, zone);

/** A notice of a change to how somebody signs in. */
export const securityText = (
  title: string,
  body: readonly string[],
  action?: NoticeText['action'],
): NoticeText => ({
  title,
  body,
  security: true,
  ...(action ? { action } : {}),
});

/** A notice of something to know or do. */
export const plainText = (
  title: string,
  body: readonly string[],
  action?: NoticeText['action'],
): NoticeText => ({
  title,
  body,
  security: false,
  ...(action ? { action } : {}),
});
