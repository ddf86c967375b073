CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"login_email" text NOT NULL,
	"login_domain" text NOT NULL,
	"login_email_proven_at" timestamp (3) with time zone,
	"contact_email" text,
	"contact_email_proven_at" timestamp (3) with time zone,
	"contact_email_bounced_at" timestamp (3) with time zone,
	"contact_email_reset_at" timestamp (3) with time zone,
	"name" text NOT NULL,
	"default_method" text,
	"email_code_enabled_at" timestamp (3) with time zone,
	"second_factors_reset_at" timestamp (3) with time zone,
	"password_reset_at" timestamp (3) with time zone,
	"frozen_until" timestamp (3) with time zone,
	"operator_since" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"suspended_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "accounts_login_email_normalized" CHECK ("accounts"."login_email" = lower("accounts"."login_email")),
	CONSTRAINT "accounts_default_method_known" CHECK ("accounts"."default_method" in ('email', 'sms', 'totp', 'passkey'))
);
--> statement-breakpoint
CREATE TABLE "audit_chains" (
	"chain" text PRIMARY KEY NOT NULL,
	"sequence" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"chain" text NOT NULL,
	"sequence" bigint NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"event" text NOT NULL,
	"actor_id" uuid,
	"actor_kind" text NOT NULL,
	"account_id" uuid,
	"organization_id" uuid,
	"target_kind" text,
	"target_id" text,
	"result" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"reason" text,
	"personal_digest" text,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_events_chain_sequence_pk" PRIMARY KEY("chain","sequence")
);
--> statement-breakpoint
CREATE TABLE "audit_personal_data" (
	"event_id" uuid PRIMARY KEY NOT NULL,
	"salt" text NOT NULL,
	"data" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "backup_code_sets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"saved_at" timestamp (3) with time zone,
	"voided_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "backup_codes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"set_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"code_hash" text NOT NULL,
	"sealed_code" text,
	"consumed_at" timestamp (3) with time zone,
	CONSTRAINT "backup_codes_position_range" CHECK ("backup_codes"."position" between 1 and 10)
);
--> statement-breakpoint
CREATE TABLE "passkey_challenges" (
	"id" uuid PRIMARY KEY NOT NULL,
	"challenge" text NOT NULL,
	"purpose" text NOT NULL,
	"bound_to" uuid,
	"account_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"consumed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"credential_id" text NOT NULL,
	"public_key" "bytea" NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text[] DEFAULT '{}' NOT NULL,
	"backed_up" boolean NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "phone_numbers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"bound_to" uuid NOT NULL,
	"sealed_number" text NOT NULL,
	"number_key" text NOT NULL,
	"tail" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"pending_until" timestamp (3) with time zone NOT NULL,
	"confirmed_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "totp_authenticators" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"bound_to" uuid NOT NULL,
	"sealed_secret" text NOT NULL,
	"last_step" bigint,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"pending_until" timestamp (3) with time zone NOT NULL,
	"confirmed_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "domain_claims" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"domain" text NOT NULL,
	"includes_subdomains" boolean DEFAULT false NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"token" text NOT NULL,
	"previous_token" text,
	"token_expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"verified_at" timestamp (3) with time zone,
	"last_checked_at" timestamp (3) with time zone,
	"last_check_result" text,
	"next_check_at" timestamp (3) with time zone,
	"absent_answers" integer DEFAULT 0 NOT NULL,
	"at_risk_since" timestamp (3) with time zone,
	"reminders_sent" integer DEFAULT 0 NOT NULL,
	"rejected_reason" text,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "domain_claims_state_known" CHECK ("domain_claims"."state" in ('pending', 'awaiting_approval', 'verified', 'at_risk', 'lapsed', 'rejected', 'revoked')),
	CONSTRAINT "domain_claims_domain_normalized" CHECK ("domain_claims"."domain" = lower("domain_claims"."domain"))
);
--> statement-breakpoint
CREATE TABLE "failure_pools" (
	"key" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"account_id" uuid,
	"failures" integer DEFAULT 0 NOT NULL,
	"reservations" timestamp (3) with time zone[] DEFAULT '{}' NOT NULL,
	"failures_since_success" integer DEFAULT 0 NOT NULL,
	"last_failure_at" timestamp (3) with time zone,
	"locked_until" timestamp (3) with time zone,
	"told_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "failure_pools_kind_known" CHECK ("failure_pools"."kind" in ('password', 'known_device', 'second_factor')),
	CONSTRAINT "failure_pools_failures_range" CHECK ("failure_pools"."failures" between 0 and 100)
);
--> statement-breakpoint
CREATE TABLE "known_devices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"secret_hash" text NOT NULL,
	"user_agent" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"voided_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "hand_over_pins" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"organization_id" uuid,
	"issued_by" uuid,
	"pin_hash" text NOT NULL,
	"wrong_tries" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"consumed_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "hand_over_pins_tries_range" CHECK ("hand_over_pins"."wrong_tries" between 0 and 5)
);
--> statement-breakpoint
CREATE TABLE "mailed_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"token_hash" text NOT NULL,
	"email" text NOT NULL,
	"account_id" uuid,
	"detail" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"consumed_at" timestamp (3) with time zone,
	"voided_at" timestamp (3) with time zone,
	CONSTRAINT "mailed_links_purpose_known" CHECK ("mailed_links"."purpose" in ('sign_up', 'verify_login_email', 'reset_password', 'unlock', 'hold', 'freeze_contact_email', 'not_me'))
);
--> statement-breakpoint
CREATE TABLE "one_time_codes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"channel" text NOT NULL,
	"account_id" uuid NOT NULL,
	"attempt_id" uuid,
	"session_id" uuid,
	"code_hash" text NOT NULL,
	"reference" text NOT NULL,
	"destination" text NOT NULL,
	"destination_key" text NOT NULL,
	"address_key" text,
	"proven" boolean NOT NULL,
	"lifetime_minutes" integer NOT NULL,
	"wrong_tries" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	"consumed_at" timestamp (3) with time zone,
	"voided_at" timestamp (3) with time zone,
	"void_reason" text,
	"forgiven_at" timestamp (3) with time zone,
	CONSTRAINT "one_time_codes_purpose_known" CHECK ("one_time_codes"."purpose" in ('sign_in', 'prove_origin', 'contact_email', 'phone_number', 'step_up', 'email_method')),
	CONSTRAINT "one_time_codes_channel_known" CHECK ("one_time_codes"."channel" in ('email', 'sms')),
	CONSTRAINT "one_time_codes_void_reason_known" CHECK ("one_time_codes"."void_reason" in ('replaced', 'too_many_tries', 'cooled_down', 'reset', 'ended')),
	CONSTRAINT "one_time_codes_lifetime_range" CHECK ("one_time_codes"."lifetime_minutes" between 5 and 15),
	CONSTRAINT "one_time_codes_tries_range" CHECK ("one_time_codes"."wrong_tries" between 0 and 5),
	CONSTRAINT "one_time_codes_bound_to_one" CHECK (num_nonnulls("one_time_codes"."attempt_id", "one_time_codes"."session_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"token_hash" text NOT NULL,
	"invited_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	"accepted_by" uuid,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "invitations_role_known" CHECK ("invitations"."role" in ('owner', 'admin', 'member', 'guest'))
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"suspended_at" timestamp (3) with time zone,
	"created_account_at" timestamp (3) with time zone,
	"password_prompted_at" timestamp (3) with time zone,
	"reproof_required_at" timestamp (3) with time zone,
	"sessions_ended_at" timestamp (3) with time zone,
	CONSTRAINT "memberships_role_known" CHECK ("memberships"."role" in ('owner', 'admin', 'member', 'guest'))
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"plan" text DEFAULT 'free' NOT NULL,
	"sms_enabled_at" timestamp (3) with time zone,
	"admins_may_set_passwords" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"delete_after" timestamp (3) with time zone,
	CONSTRAINT "organizations_plan_known" CHECK ("organizations"."plan" in ('free', 'pro', 'enterprise')),
	CONSTRAINT "organizations_name_length" CHECK (char_length("organizations"."name") between 1 and 60)
);
--> statement-breakpoint
CREATE TABLE "second_factor_rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"activated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"activated_by" uuid,
	"effective_from" timestamp (3) with time zone NOT NULL,
	"grace_hours" integer NOT NULL,
	"minimum_strength" integer NOT NULL,
	"raised_at" timestamp (3) with time zone,
	"raised_from" integer,
	"paused_at" timestamp (3) with time zone,
	"deactivated_at" timestamp (3) with time zone,
	CONSTRAINT "second_factor_rules_raise" CHECK (("second_factor_rules"."raised_at" is null) = ("second_factor_rules"."raised_from" is null)),
	CONSTRAINT "second_factor_rules_grace_range" CHECK ("second_factor_rules"."grace_hours" between 0 and 720),
	CONSTRAINT "second_factor_rules_strength_range" CHECK ("second_factor_rules"."minimum_strength" between 1 and 4)
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"account_id" uuid NOT NULL,
	"organization_id" uuid,
	"kind" text NOT NULL,
	"data" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"read_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" integer GENERATED ALWAYS AS IDENTITY (sequence name "outbox_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"recipient" text NOT NULL,
	"account_id" uuid,
	"data" jsonb NOT NULL,
	"sealed_payload" text,
	"sealed_copy" text,
	"subject_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"next_try_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"leased_until" timestamp (3) with time zone,
	"delivered_at" timestamp (3) with time zone,
	"failed_at" timestamp (3) with time zone,
	"voided_at" timestamp (3) with time zone,
	"last_error" text,
	CONSTRAINT "outbox_channel_known" CHECK ("outbox"."channel" in ('email', 'sms'))
);
--> statement-breakpoint
CREATE TABLE "passwords" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"origin" text NOT NULL,
	"set_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"validated_under" jsonb,
	"temporary_until" timestamp (3) with time zone,
	"change_required_at" timestamp (3) with time zone,
	"change_required_reason" text,
	"change_required_by_policy_id" uuid,
	"retired_at" timestamp (3) with time zone,
	CONSTRAINT "passwords_origin_known" CHECK ("passwords"."origin" in ('self', 'reset', 'admin', 'sign_up', 'invitation')),
	CONSTRAINT "passwords_reason_known" CHECK ("passwords"."change_required_reason" in ('prompted', 'temporary', 'breached', 'below_policy', 'by_date')),
	CONSTRAINT "passwords_change_has_reason" CHECK (("passwords"."change_required_at" is null) = ("passwords"."change_required_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "demo_sheets" (
	"id" text PRIMARY KEY NOT NULL,
	"sealed_sheet" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dns_zone_records" (
	"name" text PRIMARY KEY NOT NULL,
	"type" text DEFAULT 'TXT' NOT NULL,
	"values" jsonb NOT NULL,
	"failure" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"kind" text PRIMARY KEY NOT NULL,
	"next_run_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_run_at" timestamp (3) with time zone,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "platform_switches" (
	"name" text PRIMARY KEY NOT NULL,
	"is_on" boolean NOT NULL,
	"changed_by" uuid,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rate_windows" (
	"key" text NOT NULL,
	"window_start" timestamp (3) with time zone NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "rate_windows_key_window_start_pk" PRIMARY KEY("key","window_start")
);
--> statement-breakpoint
CREATE TABLE "domain_policies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"domain" text NOT NULL,
	"activated_at" timestamp (3) with time zone,
	"deactivated_at" timestamp (3) with time zone,
	"confirm_by" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy_active_times" (
	"id" uuid PRIMARY KEY NOT NULL,
	"policy_id" uuid NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "policy_active_times_in_order" CHECK ("policy_active_times"."since" <= "policy_active_times"."until")
);
--> statement-breakpoint
CREATE TABLE "policy_drafts" (
	"policy_id" uuid PRIMARY KEY NOT NULL,
	"base_version_id" uuid,
	"body" jsonb NOT NULL,
	"tightening" text DEFAULT 'next_sign_in' NOT NULL,
	"tightening_by" timestamp (3) with time zone,
	"effective_from" timestamp (3) with time zone,
	"expiration_spread_days" integer DEFAULT 0 NOT NULL,
	"restored_from" uuid,
	"revision" integer DEFAULT 1 NOT NULL,
	"edited_by" uuid,
	"edited_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "policy_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"policy_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"body" jsonb NOT NULL,
	"author_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"effective_from" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"tightening" text DEFAULT 'next_sign_in' NOT NULL,
	"tightening_by" timestamp (3) with time zone,
	"expiration_enabled_at" timestamp (3) with time zone,
	"expiration_spread_days" integer DEFAULT 0 NOT NULL,
	"second_factor_activated_at" timestamp (3) with time zone,
	"second_factor_raised_at" timestamp (3) with time zone,
	"second_factor_raised_from" integer,
	"restored_from" uuid,
	"revert_at" timestamp (3) with time zone,
	"confirmed_at" timestamp (3) with time zone,
	"confirmed_by" uuid,
	"reverted_at" timestamp (3) with time zone,
	CONSTRAINT "policy_versions_tightening_known" CHECK ("policy_versions"."tightening" in ('next_sign_in', 'next_change', 'by_date')),
	CONSTRAINT "policy_versions_by_date_has_date" CHECK (("policy_versions"."tightening" = 'by_date') = ("policy_versions"."tightening_by" is not null)),
	CONSTRAINT "policy_versions_raise_is_whole" CHECK (("policy_versions"."second_factor_raised_at" is null) = ("policy_versions"."second_factor_raised_from" is null)),
	CONSTRAINT "policy_versions_spread_range" CHECK ("policy_versions"."expiration_spread_days" between 0 and 30),
	CONSTRAINT "policy_versions_body_object" CHECK (jsonb_typeof("policy_versions"."body") = 'object'),
	CONSTRAINT "policy_versions_body_password_length_min" CHECK (case jsonb_typeof(body -> 'passwordLengthMin') when 'number' then (body ->> 'passwordLengthMin')::numeric between 6 and 64 and (body ->> 'passwordLengthMin')::numeric % 1 = 0 else false end),
	CONSTRAINT "policy_versions_body_password_length_max" CHECK (case jsonb_typeof(body -> 'passwordLengthMax') when 'number' then (body ->> 'passwordLengthMax')::numeric between 10 and 64 and (body ->> 'passwordLengthMax')::numeric % 1 = 0 else false end),
	CONSTRAINT "policy_versions_body_password_uppercase" CHECK (coalesce(body -> 'passwordUppercase' in ('true'::jsonb, 'false'::jsonb), false)),
	CONSTRAINT "policy_versions_body_password_lowercase" CHECK (coalesce(body -> 'passwordLowercase' in ('true'::jsonb, 'false'::jsonb), false)),
	CONSTRAINT "policy_versions_body_password_number" CHECK (coalesce(body -> 'passwordNumber' in ('true'::jsonb, 'false'::jsonb), false)),
	CONSTRAINT "policy_versions_body_password_symbol" CHECK (coalesce(body -> 'passwordSymbol' in ('true'::jsonb, 'false'::jsonb), false)),
	CONSTRAINT "policy_versions_body_password_expiration_days" CHECK (coalesce(body -> 'passwordExpirationDays' in ('null'::jsonb, '90'::jsonb, '180'::jsonb, '270'::jsonb, '365'::jsonb), false)),
	CONSTRAINT "policy_versions_body_password_reuse" CHECK (coalesce(body -> 'passwordReuse' in ('null'::jsonb, '5'::jsonb, '6'::jsonb, '7'::jsonb, '8'::jsonb, '9'::jsonb, '10'::jsonb), false)),
	CONSTRAINT "policy_versions_body_password_minimum_age_hours" CHECK (case jsonb_typeof(body -> 'passwordMinimumAgeHours') when 'number' then (body ->> 'passwordMinimumAgeHours')::numeric between 0 and 8760 and (body ->> 'passwordMinimumAgeHours')::numeric % 1 = 0 else false end),
	CONSTRAINT "policy_versions_body_breached_check" CHECK (coalesce(body -> 'breachedCheck' in ('true'::jsonb, 'false'::jsonb), false)),
	CONSTRAINT "policy_versions_body_web_session_hours" CHECK (case jsonb_typeof(body -> 'webSessionHours') when 'number' then (body ->> 'webSessionHours')::numeric between 1 and 8760 and (body ->> 'webSessionHours')::numeric % 1 = 0 else false end),
	CONSTRAINT "policy_versions_body_mobile_session_hours" CHECK (coalesce(body -> 'mobileSessionHours' = 'null'::jsonb, false) or case jsonb_typeof(body -> 'mobileSessionHours') when 'number' then (body ->> 'mobileSessionHours')::numeric between 1 and 8760 and (body ->> 'mobileSessionHours')::numeric % 1 = 0 else false end),
	CONSTRAINT "policy_versions_body_desktop_session_hours" CHECK (coalesce(body -> 'desktopSessionHours' = 'null'::jsonb, false) or case jsonb_typeof(body -> 'desktopSessionHours') when 'number' then (body ->> 'desktopSessionHours')::numeric between 1 and 8760 and (body ->> 'desktopSessionHours')::numeric % 1 = 0 else false end),
	CONSTRAINT "policy_versions_body_web_session_idle_minutes" CHECK (coalesce(body -> 'webSessionIdleMinutes' = 'null'::jsonb, false) or case jsonb_typeof(body -> 'webSessionIdleMinutes') when 'number' then (body ->> 'webSessionIdleMinutes')::numeric between 1 and 1440 and (body ->> 'webSessionIdleMinutes')::numeric % 1 = 0 else false end),
	CONSTRAINT "policy_versions_body_close_with_browser" CHECK (coalesce(body -> 'closeWithBrowser' in ('true'::jsonb, 'false'::jsonb), false)),
	CONSTRAINT "policy_versions_body_single_web_session" CHECK (coalesce(body -> 'singleWebSession' in ('true'::jsonb, 'false'::jsonb), false)),
	CONSTRAINT "policy_versions_body_mobile_sessions_allowed" CHECK (coalesce(body -> 'mobileSessionsAllowed' in ('true'::jsonb, 'false'::jsonb), false)),
	CONSTRAINT "policy_versions_body_desktop_sessions_allowed" CHECK (coalesce(body -> 'desktopSessionsAllowed' in ('true'::jsonb, 'false'::jsonb), false)),
	CONSTRAINT "policy_versions_body_second_factor_required" CHECK (coalesce(body -> 'secondFactorRequired' in ('true'::jsonb, 'false'::jsonb), false)),
	CONSTRAINT "policy_versions_body_second_factor_grace_hours" CHECK (case jsonb_typeof(body -> 'secondFactorGraceHours') when 'number' then (body ->> 'secondFactorGraceHours')::numeric between 0 and 720 and (body ->> 'secondFactorGraceHours')::numeric % 1 = 0 else false end),
	CONSTRAINT "policy_versions_body_second_factor_strength" CHECK (coalesce(body -> 'secondFactorStrength' in ('1'::jsonb, '2'::jsonb, '3'::jsonb, '4'::jsonb), false)),
	CONSTRAINT "policy_versions_body_code_lifetime_minutes" CHECK (case jsonb_typeof(body -> 'codeLifetimeMinutes') when 'number' then (body ->> 'codeLifetimeMinutes')::numeric between 5 and 15 and (body ->> 'codeLifetimeMinutes')::numeric % 1 = 0 else false end),
	CONSTRAINT "policy_versions_body_backup_codes_shown_once" CHECK (coalesce(body -> 'backupCodesShownOnce' in ('true'::jsonb, 'false'::jsonb), false)),
	CONSTRAINT "policy_versions_body_lockout_failures" CHECK (coalesce(body -> 'lockoutFailures' in ('5'::jsonb), false)),
	CONSTRAINT "policy_versions_body_lockout_minutes" CHECK (case jsonb_typeof(body -> 'lockoutMinutes') when 'number' then (body ->> 'lockoutMinutes')::numeric between 1 and 1440 and (body ->> 'lockoutMinutes')::numeric % 1 = 0 else false end),
	CONSTRAINT "policy_versions_body_allow_list" CHECK (case jsonb_typeof(body -> 'allowList') when 'object' then coalesce((body -> 'allowList' ->> 'mode') in ('off', 'monitor', 'enforce'), false) and case jsonb_typeof((body -> 'allowList' -> 'entries')) when 'array'
      then jsonb_array_length((body -> 'allowList' -> 'entries')) <= 500 and ((body -> 'allowList' ->> 'mode') = 'off' or jsonb_array_length((body -> 'allowList' -> 'entries')) > 0) else false end else false end),
	CONSTRAINT "policy_versions_body_length_order" CHECK (case jsonb_typeof(body -> 'passwordLengthMin') when 'number' then (body ->> 'passwordLengthMin')::numeric end <= case jsonb_typeof(body -> 'passwordLengthMax') when 'number' then (body ->> 'passwordLengthMax')::numeric end),
	CONSTRAINT "policy_versions_body_idle_below_overall" CHECK (coalesce(case jsonb_typeof(body -> 'webSessionIdleMinutes') when 'number' then (body ->> 'webSessionIdleMinutes')::numeric end < case jsonb_typeof(body -> 'webSessionHours') when 'number' then (body ->> 'webSessionHours')::numeric end * 60, true)),
	CONSTRAINT "policy_versions_body_age_below_expiration" CHECK (coalesce(case jsonb_typeof(body -> 'passwordMinimumAgeHours') when 'number' then (body ->> 'passwordMinimumAgeHours')::numeric end < case jsonb_typeof(body -> 'passwordExpirationDays') when 'number' then (body ->> 'passwordExpirationDays')::numeric end * 24, true)),
	CONSTRAINT "policy_versions_body_known_keys" CHECK (body - array['passwordLengthMin', 'passwordLengthMax', 'passwordUppercase', 'passwordLowercase', 'passwordNumber', 'passwordSymbol', 'passwordExpirationDays', 'passwordReuse', 'passwordMinimumAgeHours', 'breachedCheck', 'webSessionHours', 'mobileSessionHours', 'desktopSessionHours', 'webSessionIdleMinutes', 'closeWithBrowser', 'singleWebSession', 'mobileSessionsAllowed', 'desktopSessionsAllowed', 'secondFactorRequired', 'secondFactorGraceHours', 'secondFactorStrength', 'codeLifetimeMinutes', 'backupCodesShownOnce', 'lockoutFailures', 'lockoutMinutes', 'allowList'] = '{}'::jsonb)
);
--> statement-breakpoint
CREATE TABLE "programme_extensions" (
	"item_id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"reason" text NOT NULL,
	"granted_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "programme_extensions_item_id_organization_id_pk" PRIMARY KEY("item_id","organization_id")
);
--> statement-breakpoint
CREATE TABLE "programme_items" (
	"id" uuid PRIMARY KEY NOT NULL,
	"control" text NOT NULL,
	"values" jsonb NOT NULL,
	"cohort" text NOT NULL,
	"organization_ids" uuid[] DEFAULT '{}' NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone,
	"spread" boolean DEFAULT false NOT NULL,
	"reason" text,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"published_at" timestamp (3) with time zone,
	"pauses" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	CONSTRAINT "programme_items_control_known" CHECK ("programme_items"."control" in ('password_rules', 'rotation', 'reuse', 'contact_email', 'second_factor')),
	CONSTRAINT "programme_items_cohort_known" CHECK ("programme_items"."cohort" in ('new_accounts', 'sms_enabled', 'all', 'named')),
	CONSTRAINT "programme_items_window" CHECK ("programme_items"."ends_at" is null or "programme_items"."ends_at" >= "programme_items"."starts_at")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"account_id" uuid NOT NULL,
	"attempt_id" uuid,
	"kind" text NOT NULL,
	"client_name" text,
	"device_id" uuid,
	"method" text,
	"strength" integer DEFAULT 0 NOT NULL,
	"overall_minutes_at_creation" integer,
	"close_with_browser" boolean DEFAULT false NOT NULL,
	"address" text,
	"user_agent" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_active_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"reauthenticated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"reauthentication_began_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"reauthentication_strength" integer DEFAULT 0 NOT NULL,
	"reauthentication_address" text,
	"ended_at" timestamp (3) with time zone,
	"ended_reason" text,
	"ended_detail" text,
	CONSTRAINT "sessions_kind_known" CHECK ("sessions"."kind" in ('web', 'mobile', 'desktop')),
	CONSTRAINT "sessions_reason_known" CHECK ("sessions"."ended_reason" in ('signed_out', 'overall_timeout', 'idle', 'signed_in_elsewhere', 'ended_by_you', 'ended_by_admin', 'second_factor_deadline', 'password_changed', 'factor_changed', 'contact_changed', 'password_reset', 'claim_ended', 'kind_disabled', 'account_closed')),
	CONSTRAINT "sessions_end_has_reason" CHECK (("sessions"."ended_at" is null) = ("sessions"."ended_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "sign_in_attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"account_id" uuid,
	"email" text NOT NULL,
	"client_kind" text DEFAULT 'web' NOT NULL,
	"client_name" text,
	"address" text,
	"user_agent" text,
	"password_verified_at" timestamp (3) with time zone,
	"password_below_policy" boolean DEFAULT false NOT NULL,
	"password_breached" boolean DEFAULT false NOT NULL,
	"second_factor_verified_at" timestamp (3) with time zone,
	"second_factor_method" text,
	"origin_proven_at" timestamp (3) with time zone,
	"password_changed_at" timestamp (3) with time zone,
	"contact_email_deferred_at" timestamp (3) with time zone,
	"enrolled_method" text,
	"return_to" text,
	"organization_id" uuid,
	"device_id" uuid,
	"ticket_hash" text,
	"ticket_expires_at" timestamp (3) with time zone,
	"session_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "sign_in_attempts_client_known" CHECK ("sign_in_attempts"."client_kind" in ('web', 'mobile', 'desktop')),
	CONSTRAINT "sign_in_attempts_method_known" CHECK ("sign_in_attempts"."second_factor_method" in ('email', 'sms', 'totp', 'passkey', 'backup', 'hand_over')),
	CONSTRAINT "sign_in_attempts_unknown_proves_nothing" CHECK ("sign_in_attempts"."account_id" is not null or ("sign_in_attempts"."password_verified_at" is null and "sign_in_attempts"."finished_at" is null))
);
--> statement-breakpoint
ALTER TABLE "backup_code_sets" ADD CONSTRAINT "backup_code_sets_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "backup_codes" ADD CONSTRAINT "backup_codes_set_id_backup_code_sets_id_fk" FOREIGN KEY ("set_id") REFERENCES "public"."backup_code_sets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkey_challenges" ADD CONSTRAINT "passkey_challenges_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD CONSTRAINT "phone_numbers_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "totp_authenticators" ADD CONSTRAINT "totp_authenticators_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "domain_claims" ADD CONSTRAINT "domain_claims_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "domain_claims" ADD CONSTRAINT "domain_claims_created_by_accounts_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "failure_pools" ADD CONSTRAINT "failure_pools_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "known_devices" ADD CONSTRAINT "known_devices_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_over_pins" ADD CONSTRAINT "hand_over_pins_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_over_pins" ADD CONSTRAINT "hand_over_pins_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_over_pins" ADD CONSTRAINT "hand_over_pins_issued_by_accounts_id_fk" FOREIGN KEY ("issued_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailed_links" ADD CONSTRAINT "mailed_links_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "one_time_codes" ADD CONSTRAINT "one_time_codes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "one_time_codes" ADD CONSTRAINT "one_time_codes_attempt_id_sign_in_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."sign_in_attempts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "one_time_codes" ADD CONSTRAINT "one_time_codes_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_accounts_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_accepted_by_accounts_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "second_factor_rules" ADD CONSTRAINT "second_factor_rules_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "second_factor_rules" ADD CONSTRAINT "second_factor_rules_activated_by_accounts_id_fk" FOREIGN KEY ("activated_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passwords" ADD CONSTRAINT "passwords_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "domain_policies" ADD CONSTRAINT "domain_policies_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_active_times" ADD CONSTRAINT "policy_active_times_policy_id_domain_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."domain_policies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_drafts" ADD CONSTRAINT "policy_drafts_policy_id_domain_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."domain_policies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_drafts" ADD CONSTRAINT "policy_drafts_base_version_id_policy_versions_id_fk" FOREIGN KEY ("base_version_id") REFERENCES "public"."policy_versions"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_drafts" ADD CONSTRAINT "policy_drafts_restored_from_policy_versions_id_fk" FOREIGN KEY ("restored_from") REFERENCES "public"."policy_versions"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_drafts" ADD CONSTRAINT "policy_drafts_edited_by_accounts_id_fk" FOREIGN KEY ("edited_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_versions" ADD CONSTRAINT "policy_versions_policy_id_domain_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."domain_policies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_versions" ADD CONSTRAINT "policy_versions_author_id_accounts_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_versions" ADD CONSTRAINT "policy_versions_restored_from_policy_versions_id_fk" FOREIGN KEY ("restored_from") REFERENCES "public"."policy_versions"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_versions" ADD CONSTRAINT "policy_versions_confirmed_by_accounts_id_fk" FOREIGN KEY ("confirmed_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_extensions" ADD CONSTRAINT "programme_extensions_item_id_programme_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."programme_items"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_extensions" ADD CONSTRAINT "programme_extensions_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_extensions" ADD CONSTRAINT "programme_extensions_granted_by_accounts_id_fk" FOREIGN KEY ("granted_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_items" ADD CONSTRAINT "programme_items_created_by_accounts_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_attempt_id_sign_in_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."sign_in_attempts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_attempts" ADD CONSTRAINT "sign_in_attempts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_attempts" ADD CONSTRAINT "sign_in_attempts_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_login_email_key" ON "accounts" USING btree ("login_email");--> statement-breakpoint
CREATE INDEX "accounts_login_domain_idx" ON "accounts" USING btree ("login_domain","id");--> statement-breakpoint
CREATE INDEX "audit_events_account_idx" ON "audit_events" USING btree ("account_id","at");--> statement-breakpoint
CREATE INDEX "audit_events_organization_idx" ON "audit_events" USING btree ("organization_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "backup_code_sets_current_key" ON "backup_code_sets" USING btree ("account_id") WHERE "backup_code_sets"."voided_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "backup_codes_set_position_key" ON "backup_codes" USING btree ("set_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "backup_codes_set_code_key" ON "backup_codes" USING btree ("set_id","code_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "passkeys_credential_key" ON "passkeys" USING btree ("credential_id");--> statement-breakpoint
CREATE INDEX "passkeys_account_idx" ON "passkeys" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "phone_numbers_bound_key" ON "phone_numbers" USING btree ("account_id") WHERE "phone_numbers"."confirmed_at" is not null and "phone_numbers"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "phone_numbers_account_idx" ON "phone_numbers" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "phone_numbers_number_idx" ON "phone_numbers" USING btree ("number_key");--> statement-breakpoint
CREATE UNIQUE INDEX "totp_authenticators_bound_key" ON "totp_authenticators" USING btree ("account_id") WHERE "totp_authenticators"."confirmed_at" is not null and "totp_authenticators"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "totp_authenticators_account_idx" ON "totp_authenticators" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "domain_claims_holder_key" ON "domain_claims" USING btree ("domain") WHERE "domain_claims"."state" in ('verified', 'at_risk');--> statement-breakpoint
CREATE UNIQUE INDEX "domain_claims_open_key" ON "domain_claims" USING btree ("organization_id","domain") WHERE "domain_claims"."state" in ('pending', 'awaiting_approval', 'verified', 'at_risk');--> statement-breakpoint
CREATE INDEX "domain_claims_next_check_idx" ON "domain_claims" USING btree ("next_check_at");--> statement-breakpoint
CREATE INDEX "failure_pools_account_idx" ON "failure_pools" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "failure_pools_last_failure_idx" ON "failure_pools" USING btree ("last_failure_at");--> statement-breakpoint
CREATE INDEX "known_devices_account_idx" ON "known_devices" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "hand_over_pins_open_key" ON "hand_over_pins" USING btree ("account_id") WHERE "hand_over_pins"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "hand_over_pins_account_idx" ON "hand_over_pins" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mailed_links_token_key" ON "mailed_links" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "mailed_links_account_idx" ON "mailed_links" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "mailed_links_email_idx" ON "mailed_links" USING btree ("email","created_at");--> statement-breakpoint
CREATE INDEX "one_time_codes_attempt_idx" ON "one_time_codes" USING btree ("attempt_id");--> statement-breakpoint
CREATE INDEX "one_time_codes_session_idx" ON "one_time_codes" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "one_time_codes_address_idx" ON "one_time_codes" USING btree ("address_key","created_at");--> statement-breakpoint
CREATE INDEX "one_time_codes_account_idx" ON "one_time_codes" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "one_time_codes_destination_idx" ON "one_time_codes" USING btree ("destination_key","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_token_key" ON "invitations" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_open_key" ON "invitations" USING btree ("organization_id","email") WHERE "invitations"."accepted_at" is null and "invitations"."revoked_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "memberships_organization_account_key" ON "memberships" USING btree ("organization_id","account_id");--> statement-breakpoint
CREATE INDEX "memberships_account_idx" ON "memberships" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_slug_key" ON "organizations" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "second_factor_rules_current_key" ON "second_factor_rules" USING btree ("organization_id") WHERE "second_factor_rules"."deactivated_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "notices_key_key" ON "notices" USING btree ("key");--> statement-breakpoint
CREATE INDEX "notices_account_idx" ON "notices" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_key_key" ON "outbox" USING btree ("key");--> statement-breakpoint
CREATE INDEX "outbox_due_idx" ON "outbox" USING btree ("next_try_at") WHERE "outbox"."delivered_at" is null and "outbox"."failed_at" is null and "outbox"."voided_at" is null;--> statement-breakpoint
CREATE INDEX "outbox_recipient_idx" ON "outbox" USING btree ("recipient","sequence");--> statement-breakpoint
CREATE INDEX "outbox_subject_idx" ON "outbox" USING btree ("subject_id");--> statement-breakpoint
CREATE UNIQUE INDEX "passwords_current_key" ON "passwords" USING btree ("account_id") WHERE "passwords"."retired_at" is null;--> statement-breakpoint
CREATE INDEX "passwords_history_idx" ON "passwords" USING btree ("account_id","retired_at");--> statement-breakpoint
CREATE UNIQUE INDEX "domain_policies_organization_domain_key" ON "domain_policies" USING btree ("organization_id","domain");--> statement-breakpoint
CREATE UNIQUE INDEX "policy_active_times_since_key" ON "policy_active_times" USING btree ("policy_id","since");--> statement-breakpoint
CREATE UNIQUE INDEX "policy_versions_number_key" ON "policy_versions" USING btree ("policy_id","number");--> statement-breakpoint
CREATE INDEX "policy_versions_effective_idx" ON "policy_versions" USING btree ("policy_id","effective_from");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_token_key" ON "sessions" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_attempt_key" ON "sessions" USING btree ("attempt_id");--> statement-breakpoint
CREATE INDEX "sessions_account_running_idx" ON "sessions" USING btree ("account_id") WHERE "sessions"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "sessions_account_created_idx" ON "sessions" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "sessions_created_idx" ON "sessions" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "sign_in_attempts_token_key" ON "sign_in_attempts" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "sign_in_attempts_ticket_key" ON "sign_in_attempts" USING btree ("ticket_hash");--> statement-breakpoint
CREATE INDEX "sign_in_attempts_account_idx" ON "sign_in_attempts" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "sign_in_attempts_expiry_idx" ON "sign_in_attempts" USING btree ("expires_at");