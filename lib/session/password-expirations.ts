import 'server-only';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { accounts, passwords } from '@/drizzle/schema';
import { database, now, transaction } from '@/lib/io/db';
import type { InAppNotice } from '@/lib/io/notice-kinds';
import { notifyMany } from '@/lib/io/notify-many';
import { expirationWarning } from '@/lib/policy/password-age';
import { days, type Instant } from '@/lib/policy/time';
import { layersOf } from './layers';
import { passwordExpiration } from './password-duty';
import { policyOf } from './policy-in-force';

const page = 500;

/** A password that expired longer ago than this was told of long ago, or the rule is older than the telling. */
const behind = days(7);

/** Some rule lets passwords of this account expire. What it is worth is judged by the policy in force, not here. */
const couldExpire = sql`(
  exists (select 1 from domain_policies p join policy_versions v on v.policy_id = p.id
    where p.domain = any(domain_suffixes(${accounts.loginDomain})) and p.activated_at is not null
      and (p.deactivated_at is null or p.deactivated_at > now()) and v.body->>'passwordExpirationDays' is not null)
  or exists (select 1 from programme_items i
    where i.published_at is not null and i.withdrawn_at is null and i.values->>'passwordExpirationDays' is not null))`;

function peopleAfter(id: string) {
  return database()
    .select({
      id: accounts.id,
      createdAt: accounts.createdAt,
      state: {
        setAt: passwords.setAt,
        temporaryUntil: passwords.temporaryUntil,
        changeRequiredAt: passwords.changeRequiredAt,
        changeRequiredReason: passwords.changeRequiredReason,
        validatedUnder: passwords.validatedUnder,
      },
      layers: layersOf({ id: sql`accounts.id`, loginDomain: sql`accounts.login_domain` }),
    })
    .from(accounts)
    .innerJoin(passwords, and(eq(passwords.accountId, accounts.id), isNull(passwords.retiredAt)))
    .where(and(isNull(accounts.closedAt), isNull(accounts.suspendedAt), gt(accounts.id, id), couldExpire))
    .orderBy(accounts.id)
    .limit(page);
}

type Person = Awaited<ReturnType<typeof peopleAfter>>[number];
type News = { readonly key: string; readonly notice: InAppNotice };

/** What is to be told to one person now; the key holds the date and the step, so each is told once. */
function newsFor(person: Person, at: Instant): News | null {
  const policy = policyOf(person.layers, person, at);
  const due = passwordExpiration(policy, { accountId: person.id, state: person.state });
  if (due === null || due.dueAt <= at - behind) return null;
  const key = `password-expiration:${due.dueAt}`;
  if (due.dueAt <= at) return { key: `${key}:expired`, notice: { kind: 'password_expired', data: {} } };
  const step = expirationWarning(due.dueAt, at);
  if (step === null) return null;
  const left = Math.ceil((due.dueAt - at) / days(1));
  return {
    key: `${key}:${step}`,
    notice: { kind: 'password_expiring', data: { days: left, dueAt: due.dueAt } },
  };
}

/** One announcement for all who are told the same. */
function grouped(people: readonly Person[], at: Instant) {
  const groups = new Map<string, News & { readonly accountIds: string[] }>();
  for (const person of people) {
    const news = newsFor(person, at);
    if (news === null) continue;
    const group = groups.get(news.key) ?? { ...news, accountIds: [] };
    group.accountIds.push(person.id);
    groups.set(news.key, group);
  }
  return [...groups.values()];
}

/**
 * Tells people 14, 7, 3 and 1 days before their password expires, and when it has. It only tells: an expired password is
 * asked for at the next request whether this ran or not.
 */
export async function announceExpirations(): Promise<void> {
  const at = await now(database());
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const people = await peopleAfter(after);
    for (const group of grouped(people, at))
      await transaction((tx) => notifyMany(tx, { ...group, organizationId: null }));
    const last = people.at(-1);
    if (last === undefined || people.length < page) return;
    after = last.id;
  }
}
