import { asc, eq, sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { auditEvents, auditPersonalData } from '@/drizzle/schema';
import { accountChain, recordAudit } from './audit';
import { type AuditLine, verifyLines } from './audit-chain';
import { chainLines, verifyAudit, verifyChain } from './audit-verification';
import { closeDatabase, database, transaction } from './db';
import { newId } from './token';

const owner = postgres(process.env.DATABASE_URL ?? '', { max: 1, onnotice: () => undefined });
let chain = accountChain(newId());

const write = (event = 'password.changed') =>
  transaction((tx) =>
    recordAudit(tx, {
      chain,
      event,
      actor: { kind: 'account', id: chain.slice('account:'.length) },
      result: 'success',
      before: { length: 8, list: [1.5, -0, 'ü'] },
      after: { length: 12, gone: undefined },
      reason: 'asked\u0000for',
      personal: { email: 'ann@example.com', address: '192.0.2.1', userAgent: null },
    }),
  );

const exportedLines = async () => {
  const lines: AuditLine[] = [];
  for await (const line of chainLines(database(), chain)) lines.push(line);
  return lines;
};

/** What somebody with the database's own superuser could do. */
const tamper = async (statement: string) => {
  await owner.unsafe(
    `set session_replication_role = replica; ${statement}; set session_replication_role = default`,
  );
};

beforeEach(() => {
  chain = accountChain(newId());
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

describe('the audit', () => {
  it('is one chain without gap or fork when many write at once', async () => {
    await Promise.all(Array.from({ length: 40 }, () => write()));
    const rows = await database()
      .select({ sequence: auditEvents.sequence })
      .from(auditEvents)
      .where(eq(auditEvents.chain, chain))
      .orderBy(asc(auditEvents.sequence));
    expect(rows.map((row) => row.sequence)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(await verifyChain(database(), chain)).toMatchObject({ ok: true, value: { sequence: 40 } });
  });

  it('refuses change and removal to the role of the app', async () => {
    await write();
    const refused = /permission denied/;
    for (const statement of [
      sql`update audit_events set reason = 'x'`,
      sql`delete from audit_events`,
      sql`truncate audit_events`,
    ])
      await expect(database().execute(statement)).rejects.toMatchObject({
        cause: { message: expect.stringMatching(refused) },
      });
  });

  it('refuses change and removal to the owner of the tables as well', async () => {
    await write();
    await expect(owner`update audit_events set reason = 'x'`).rejects.toThrow(/append-only/);
    await expect(owner`delete from audit_events`).rejects.toThrow(/append-only/);
    await expect(owner`truncate audit_events`).rejects.toThrow(/append-only/);
  });

  it.each([
    ['altered', `update audit_events set reason = 'other' where sequence = 2`, 2],
    ['missing', 'delete from audit_events where sequence = 2', 2],
    ['missing', 'delete from audit_events where sequence = 3', 3],
    [
      'personal_data_altered',
      `update audit_personal_data set data = '{"email":"eve@example.com"}' where event_id in (select id from audit_events where sequence = 1 and chain = '#')`,
      1,
    ],
  ])('names the row that was %s by %s', async (reason, statement, sequence) => {
    for (let round = 0; round < 3; round += 1) await write();
    const here = statement.includes('#')
      ? statement.replace('#', chain)
      : `${statement} and chain = '${chain}'`;
    await tamper(here);
    expect(await verifyChain(database(), chain)).toEqual({ ok: false, error: { chain, sequence, reason } });
    expect((await verifyAudit(database())).ok).toBe(false);
    await tamper(
      `delete from audit_events where chain = '${chain}'; delete from audit_chains where chain = '${chain}'`,
    );
  });

  it('stays whole when personal data are erased', async () => {
    const { id } = await write();
    await database().delete(auditPersonalData).where(eq(auditPersonalData.eventId, id));
    expect((await verifyChain(database(), chain)).ok).toBe(true);
    const lines = await exportedLines();
    expect(JSON.stringify(lines)).not.toContain('ann@example.com');
  });

  it('verifies by itself once exported, and not once altered', async () => {
    await write();
    await write('password.expired');
    const exported = (await exportedLines()).map((line) => JSON.stringify(line));
    const parse = (lines: string[]) => lines.map((line) => JSON.parse(line));
    expect(verifyLines(parse(exported))).toBeNull();
    const altered = exported.map((line) => line.replace('password.expired', 'password.changed'));
    expect(verifyLines(parse(altered))).toEqual({ chain, sequence: 2, reason: 'altered' });
  });

  it('row is written only if its cause is', async () => {
    await expect(
      transaction(async (tx) => {
        await recordAudit(tx, { chain, event: 'x', actor: { kind: 'system', id: null }, result: 'success' });
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(await verifyChain(database(), chain)).toMatchObject({ ok: true, value: { sequence: 0 } });
  });
});
