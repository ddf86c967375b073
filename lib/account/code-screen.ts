import 'server-only';
import { sql } from 'drizzle-orm';
import { database, type Executor } from '@/lib/io/db';
import { settings } from '@/lib/io/env';
import { isSlowMail } from './code-record';

/** What a "we sent you a code" page says beside the code's own field. */
export type CodeScreen = {
  /** The bare address our mail comes from, to be added to safe senders. */
  readonly sender: string;
  /** The receiving provider is often late. */
  readonly slow: boolean;
};

const bareAddress = (from: string) => /<([^>]+)>$/.exec(from)?.[1] ?? from;

export function codeScreen(destination: string | null): CodeScreen {
  return { sender: bareAddress(settings().mailFrom), slow: destination !== null && isSlowMail(destination) };
}

export type Admins = { readonly organization: string; readonly names: readonly string[] };

/** Who may help with a lost factor: owners and admins of the person's organizations, a few names of each. */
export async function adminsAround(
  accountId: string,
  executor: Executor = database(),
): Promise<readonly Admins[]> {
  return executor.execute<Admins & Record<string, unknown>>(sql`
    select o.name as organization, (array_agg(a.name order by m.role = 'owner' desc, a.name))[:3] as names
    from memberships own
    join organizations o on o.id = own.organization_id
    join memberships m on m.organization_id = o.id and m.role in ('owner', 'admin')
      and m.account_id <> own.account_id and m.suspended_at is null
    join accounts a on a.id = m.account_id and a.closed_at is null
    where own.account_id = ${accountId} and own.suspended_at is null
    group by o.id, o.name order by o.name`);
}
