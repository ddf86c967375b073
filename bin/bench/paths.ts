import { sql } from 'drizzle-orm';
import { addAccount, addDomainPolicy, addMembership, addOrganization, addSession } from '@/bin/test/rows';
import { closeDatabase, database } from '@/lib/io/db';
import { hashPassword, verifyPassword } from '@/lib/io/hash';
import { effectivePolicy } from '@/lib/policy/effective';
import { judgeSession } from '@/lib/session/judgement';
import { policyFor } from '@/lib/session/policy-in-force';
import { createSession } from '@/lib/session/sessions';
import { provePassword } from '@/lib/sign-in/verify';
import { previewOfMany } from './crowd';
import { measure, type Path } from './measure';

const password = 'Correct horse 9 battery!';

/** A member of an organization whose domain has a policy: what the product meets most. */
async function person(domain: string, organizationId: string, passwordHash: string) {
  const account = await addAccount({
    passwordHash,
    loginEmail: `p${Math.random().toString(36).slice(2)}@${domain}`,
  });
  await addMembership(organizationId, account.id);
  return { ...account, token: (await addSession(account.id)).token };
}

const hashed = await hashPassword(password);
if (!hashed.ok) throw new Error('the hashing queue is full');
const stored = hashed.value;
const domain = 'bench.example';
const organization = await addOrganization({ plan: 'pro' });
await addDomainPolicy(organization.id, domain, {});
const people = await Promise.all(Array.from({ length: 8 }, () => person(domain, organization.id, stored)));
const someone = (worker: number) => {
  const found = people[worker];
  if (!found) throw new Error('more callers than people');
  return found;
};

async function signIn(worker: number): Promise<void> {
  const { email, id } = someone(worker);
  const address = `192.0.2.${worker + 1}`;
  const typed = { email, domain, password, deviceCookie: null, address, userAgent: 'bench' };
  const session = {
    attemptId: null,
    kind: 'web',
    clientName: null,
    deviceId: null,
    method: null,
  } as const;
  const life = { strength: 1, overallMinutes: 60, closeWithBrowser: false, isOnlyWebSession: false };
  const proven = await provePassword(typed, (tx) =>
    createSession(tx, { ...session, ...life, accountId: id, address, userAgent: 'bench' }),
  );
  if (!proven.ok) throw new Error(`refused: ${proven.error.code}`);
}

const paths: Path[] = [
  { name: 'bare statement', run: () => database().execute(sql`select 1`) },
  { name: 'session check', run: (worker) => judgeSession(someone(worker).token, '192.0.2.1') },
  { name: 'resolver from rows', run: (worker) => policyFor(someone(worker).id) },
  { name: 'resolver core', run: async () => effectivePolicy([]) },
  { name: 'bare password hash', run: () => verifyPassword(stored, password) },
  { name: 'sign-in to session', run: signIn },
];

const rates = await measure(paths);
const line = (name: string, base: string) => {
  const rate = rates.get(name) ?? 0;
  const ratio = rate / (rates.get(base) ?? 1);
  return `${name.padEnd(22)}${rate.toFixed(0).padStart(9)}/s${ratio.toFixed(2).padStart(9)} of ${base}\n`;
};
const bases = new Map([
  ['bare password hash', 'bare password hash'],
  ['sign-in to session', 'bare password hash'],
]);
for (const { name } of paths) process.stdout.write(line(name, bases.get(name) ?? 'bare statement'));
process.stdout.write(await previewOfMany());
await closeDatabase();
