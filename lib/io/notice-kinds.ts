import 'server-only';
import type { Instant } from '@/lib/policy/time';

/** `reference`: the two letters that stand on the screen as well. */
export type CodeData = { readonly reference: string; readonly minutes: number };
type Nothing = Readonly<Record<string, never>>;
type InOrganization = { readonly organization: string };
/** `by` is the name of who did it. */
type ByAdmin = InOrganization & { readonly by: string; readonly reason: string };
type OfDomain = InOrganization & { readonly domain: string };
type Entry = { readonly client: string; readonly address: string; readonly at: Instant };
export type MethodName = 'email' | 'sms' | 'totp' | 'passkey';

/** Six digits by mail or text message, named as the purposes of codes are. */
type CodeNotices = {
  readonly sign_in_code: CodeData;
  readonly prove_origin_code: CodeData;
  readonly contact_email_code: CodeData;
  readonly phone_number_code: CodeData;
  readonly step_up_code: CodeData;
  readonly email_method_code: CodeData;
};

/** Mailed links. They go to an address, never into the app. */
type LinkNotices = {
  readonly sign_up_link: { readonly minutes: number };
  readonly login_email_link: { readonly minutes: number };
  readonly password_reset_link: { readonly minutes: number };
  readonly unlock_link: { readonly minutes: number };
  readonly hold_link: Nothing;
  readonly contact_freeze_link: { readonly newAddress: string };
  readonly invitation: InOrganization & { readonly by: string; readonly role: string; readonly days: number };
  readonly recovery_link: { readonly readyAt: Instant };
};

type SignInNotices = {
  readonly account_exists: Nothing;
  readonly locked: { readonly until: Instant };
  readonly unlocked: { readonly by: string | null };
  readonly cooled_down: { readonly by: string; readonly reason: string };
  readonly many_failures: { readonly method: MethodName | 'password' | 'backup'; readonly failures: number };
  readonly new_device: Entry;
  readonly new_client: Entry & { readonly kind: 'mobile' | 'desktop' };
  readonly signed_in_elsewhere: Entry;
  readonly sessions_ended: ByAdmin;
  readonly break_glass_used: InOrganization & { readonly by: string; readonly at: Instant };
  readonly recovery_started: { readonly readyAt: Instant };
};

type PasswordNotices = {
  readonly password_changed: Nothing;
  readonly password_reset: Nothing;
  readonly password_set_by_admin: ByAdmin & { readonly expiresAt: Instant };
  readonly password_prompted: ByAdmin;
  readonly password_expiring: { readonly days: number; readonly dueAt: Instant };
  readonly password_expired: Nothing;
};

type FactorNotices = {
  readonly contact_changed: { readonly address: string };
  /** `pin`: a hand-over PIN was made, which stands in for the second factor. */
  readonly contact_reset_by_admin: ByAdmin & { readonly pin: boolean };
  readonly hand_over_used: Nothing;
  readonly contact_bounced: Nothing;
  readonly login_email_changed: { readonly address: string };
  readonly factor_added: { readonly method: MethodName };
  readonly factor_removed: { readonly method: MethodName };
  readonly factors_reset: ByAdmin;
  readonly backup_code_used: { readonly left: number };
  readonly backup_codes_low: { readonly left: number };
  readonly backup_codes_viewed: Nothing;
  readonly backup_codes_regenerated: Nothing;
};

type DutyNotices = {
  readonly programme_upcoming: {
    readonly days: number;
    readonly dueAt: Instant;
    readonly changes: readonly string[];
  };
  readonly mandate_activated: InOrganization & { readonly dueAt: Instant };
  readonly mandate_reminder: InOrganization & { readonly hours: number; readonly dueAt: Instant };
  readonly mandate_signed_out: InOrganization;
  readonly mandate_pausing: InOrganization & { readonly days: number; readonly at: Instant };
};

type OrganizationNotices = {
  readonly claim_submitted: OfDomain;
  readonly claim_approved: OfDomain;
  readonly claim_rejected: OfDomain & { readonly reason: string };
  readonly claim_at_risk: OfDomain & { readonly days: number; readonly lapsesAt: Instant };
  readonly claim_recovered: OfDomain;
  readonly claim_lapsed: OfDomain;
  readonly claim_revoked: OfDomain;
  readonly claim_disputed: OfDomain & { readonly decidedAt: Instant };
  readonly domain_claimed: OfDomain;
  readonly policy_changed: OfDomain & { readonly by: string; readonly changes: readonly string[] };
  readonly owner_refused: InOrganization & { readonly address: string; readonly at: Instant };
  readonly role_changed: InOrganization & { readonly by: string; readonly role: string };
  /** `role` is null when the owner was removed. */
  readonly owner_changed: InOrganization & {
    readonly by: string;
    readonly person: string;
    readonly role: string | null;
  };
  readonly membership_ended: InOrganization & { readonly suspended: boolean };
  readonly organization_closing: InOrganization & { readonly by: string; readonly at: Instant };
  readonly help_wanted: { readonly from: string; readonly question: string };
  readonly test_message: { readonly by: string };
};

/** What each kind of message says; all of it is plain to read in the database, so nothing here is secret. */
export type NoticeData = CodeNotices &
  LinkNotices &
  SignInNotices &
  PasswordNotices &
  FactorNotices &
  DutyNotices &
  OrganizationNotices;

export type NoticeKind = keyof NoticeData;
export type CodeKind = keyof CodeNotices;
export type LinkKind = keyof LinkNotices;
export type PlainKind = Exclude<NoticeKind, CodeKind | LinkKind>;

type CodeNotice<K extends CodeKind> = K extends CodeKind
  ? { readonly kind: K; readonly data: NoticeData[K]; readonly code: string }
  : never;
type LinkNotice<K extends LinkKind> = K extends LinkKind
  ? { readonly kind: K; readonly data: NoticeData[K]; readonly url: string }
  : never;
type PlainNotice<K extends PlainKind> = K extends PlainKind
  ? { readonly kind: K; readonly data: NoticeData[K] }
  : never;

/** May stand in the app as well as in a mail. */
export type InAppNotice = PlainNotice<PlainKind>;
/** A code or a link is secret: sealed in the outbox, erased once delivered. */
export type Notice = InAppNotice | CodeNotice<CodeKind> | LinkNotice<LinkKind>;

/** What stays readable of a notice, as stored. */
export type NoticeContent = { readonly kind: NoticeKind; readonly data: NoticeData[NoticeKind] };
