import 'server-only';
import { and, eq, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { memberships, passwords } from '@/drizzle/schema';
import { voidCodes } from '@/lib/account/codes';
import { clearTries } from '@/lib/account/factor-tries';
import { voidKnownDevices } from '@/lib/account/known-devices';
import { clearPasswordPools } from '@/lib/account/password-pools';
import { mailUnlockLink } from '@/lib/account/unlock';
import { type Transaction, transaction } from '@/lib/io/db';
import { reserve, type TooMany } from '@/lib/io/rate';
import { ok, type Result } from '@/lib/policy/result';
import { days } from '@/lib/policy/time';
import { endSessions } from '@/lib/session/sessions';
import type { MemberActor } from './actor';
import {
  byAdmin,
  type Help,
  type HelpFault,
  type HelpWish,
  openHelp,
  recordHelp,
  tellHelped,
} from './help-door';

/** What was done: `acted` on the account, or only `here` in this organization, or `mailed` a link to the person. */
export type HelpDone = {
  readonly name: string;
  readonly how: 'acted' | 'here' | 'mailed' | 'nowhere_to_mail';
};
/** At most three unlocks or cool-downs a day for one account (spec 1.3). */
export type HelpLimit = TooMany;

const helpsPerDay = 3;
const reserveHelp = (tx: Transaction, { member }: Help) =>
  reserve(tx, { key: `help:${member.accountId}`, most: helpsPerDay, per: days(1) });

const thisMember = (help: Help) =>
  and(eq(memberships.id, help.member.id), eq(memberships.organizationId, help.actor.organizationId));

async function promptAccount(tx: Transaction, accountId: string): Promise<void> {
  await tx
    .update(passwords)
    .set({
      changeRequiredAt: sql`clock_timestamp()`,
      changeRequiredReason: 'prompted',
      changeRequiredByPolicyId: null,
    })
    .where(
      and(
        eq(passwords.accountId, accountId),
        isNull(passwords.retiredAt),
        or(isNull(passwords.changeRequiredAt), isNotNull(passwords.changeRequiredByPolicyId)),
      ),
    );
}

/** The next sign-in, and running sessions at their next navigation, lead to the change page; not managed: on entering here. */
export function promptPasswordReset(
  actor: MemberActor,
  wish: HelpWish,
): Promise<Result<HelpDone, HelpFault>> {
  return transaction(async (tx) => {
    const opened = await openHelp(tx, actor, { ...wish, action: 'prompt_password_reset' });
    if (!opened.ok) return opened;
    const { member } = opened.value;
    if (member.managed) await promptAccount(tx, member.accountId);
    else
      await tx
        .update(memberships)
        .set({ passwordPromptedAt: sql`clock_timestamp()` })
        .where(thisMember(opened.value));
    await tellHelped(tx, opened.value, { kind: 'password_prompted', data: byAdmin(opened.value) });
    await recordHelp(tx, opened.value, { event: 'password_prompted', touchesAccount: member.managed });
    return ok({ name: member.name, how: member.managed ? 'acted' : 'here' });
  });
}

/** Managed: every session and known device ends. Not managed: only this organization closes, until a fresh proof. */
export function endMemberSessions(actor: MemberActor, wish: HelpWish): Promise<Result<HelpDone, HelpFault>> {
  return transaction(async (tx) => {
    const opened = await openHelp(tx, actor, { ...wish, action: 'end_sessions' });
    if (!opened.ok) return opened;
    const { member } = opened.value;
    const { accountId } = member;
    if (member.managed) {
      await endSessions(tx, { accountId, keepSessionId: null }, 'ended_by_admin');
      await voidKnownDevices(tx, accountId);
    } else
      await tx
        .update(memberships)
        .set({ sessionsEndedAt: sql`clock_timestamp()` })
        .where(thisMember(opened.value));
    await tellHelped(tx, opened.value, { kind: 'sessions_ended', data: byAdmin(opened.value) });
    await recordHelp(tx, opened.value, { event: 'sessions_ended', touchesAccount: member.managed });
    return ok({ name: member.name, how: member.managed ? 'acted' : 'here' });
  });
}

/** Not managed: the person gets a link and lifts the lock through their own mailbox. */
async function mailInstead(tx: Transaction, help: Help, event: string): Promise<HelpDone> {
  const isMailed = await mailUnlockLink(tx, help.member.accountId);
  await recordHelp(tx, help, { event, after: { linkMailed: isMailed }, touchesAccount: false });
  return { name: help.member.name, how: isMailed ? 'mailed' : 'nowhere_to_mail' };
}

/** Lifts the lock of the password. */
export function unlockMember(
  actor: MemberActor,
  wish: HelpWish,
): Promise<Result<HelpDone, HelpFault | HelpLimit>> {
  return transaction(async (tx) => {
    const opened = await openHelp(tx, actor, { ...wish, action: 'unlock' });
    if (!opened.ok) return opened;
    const place = await reserveHelp(tx, opened.value);
    if (!place.ok) return place;
    const { member, asker } = opened.value;
    if (!member.managed) return ok(await mailInstead(tx, opened.value, 'unlocked'));
    await clearPasswordPools(tx, member);
    await tellHelped(tx, opened.value, { kind: 'unlocked', data: { by: asker.name } });
    await recordHelp(tx, opened.value, { event: 'unlocked', touchesAccount: true });
    return ok({ name: member.name, how: 'acted' });
  });
}

/** Voids codes on their way, zeroes every counter, lifts lock and pause; sessions go on. */
export function coolDownMember(
  actor: MemberActor,
  wish: HelpWish,
): Promise<Result<HelpDone, HelpFault | HelpLimit>> {
  return transaction(async (tx) => {
    const opened = await openHelp(tx, actor, { ...wish, action: 'cool_down' });
    if (!opened.ok) return opened;
    const place = await reserveHelp(tx, opened.value);
    if (!place.ok) return place;
    const { member, asker, reason } = opened.value;
    if (!member.managed) return ok(await mailInstead(tx, opened.value, 'cooled_down'));
    await voidCodes(tx, member.accountId, 'cooled_down');
    await clearPasswordPools(tx, member);
    await clearTries(tx, member.accountId);
    await tellHelped(tx, opened.value, { kind: 'cooled_down', data: { by: asker.name, reason } });
    await recordHelp(tx, opened.value, { event: 'cooled_down', touchesAccount: true });
    return ok({ name: member.name, how: 'acted' });
  });
}
