import { sql } from 'drizzle-orm';
import { policyWorld } from '@/bin/test/policy-world';
import { database } from '@/lib/io/db';
import { previewChange } from '@/lib/organization/policies/preview';
import { changeOf } from '@/lib/organization/policies/review';
import { policyScreen } from '@/lib/organization/policies/screen';

const people = 100_000;
const rounds = 5;

/** A domain full of people, each with a password, a session and a membership, whose policy is not active yet. */
async function crowd() {
  const { organizationId, domain } = await policyWorld();
  const db = database();
  await db.execute(sql`insert into accounts (id, login_email, login_domain, login_email_proven_at, name)
    select gen_random_uuid(), 'p' || i || '@' || ${domain}, ${domain}, now(), 'Person ' || i
    from generate_series(1, ${people}::int) i`);
  const rules = JSON.stringify({
    ...{ lengthMin: 8, lengthMax: 64, uppercase: true, lowercase: true, number: true, symbol: false },
    ...{ special: [], breachedCheck: true },
  });
  const everybody = sql`from accounts where login_domain = ${domain}`;
  await db.execute(sql`insert into passwords (id, account_id, hash, origin, validated_under)
    select gen_random_uuid(), id, '', 'self', ${rules}::jsonb ${everybody}`);
  await db.execute(sql`insert into memberships (id, organization_id, account_id, role)
    select gen_random_uuid(), ${organizationId}::uuid, id, 'member' ${everybody}
    on conflict do nothing`);
  await db.execute(sql`insert into sessions (id, account_id, token_hash, kind, address, overall_minutes_at_creation)
    select gen_random_uuid(), id, id::text, 'web', '192.0.2.1', 1440 ${everybody}`);
  return { organizationId, domain };
}

/** What it takes to tell an owner whom the activation of a whole policy touches, in a domain of a hundred thousand. */
export async function previewOfMany(): Promise<string> {
  const { organizationId, domain } = await crowd();
  const screen = await policyScreen(organizationId, domain);
  if (screen === null) throw new Error('the domain has no policy');
  const change = await changeOf(screen, 'activate');
  const before = process.memoryUsage().rss;
  const taken: number[] = [];
  let settings = 0;
  for (let round = 0; round < rounds; round++) {
    const since = performance.now();
    const preview = await previewChange(change);
    taken.push(performance.now() - since);
    settings = preview.settings.length;
  }
  const median = taken.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
  const grown = (process.memoryUsage().rss - before) / 2 ** 20;
  const seconds = (median / 1000).toFixed(2);
  return `preview of ${people} people, ${settings} settings: ${seconds} s, ${grown.toFixed(0)} MiB more at the end\n`;
}
