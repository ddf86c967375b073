import { sql } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { personInSession, twoPools } from '@/bin/test/factor-world';
import { closeDatabase, database } from '@/lib/io/db';
import type { AccountActor } from './actor';
import { viewBackupCodes } from './backup-code-screen';
import {
  backupCodeState,
  confirmBackupCodesSaved,
  makeFirstBackupCodes,
  readBackupCodes,
  regenerateBackupCodes,
  verifyBackupCode,
} from './backup-codes';

const { run, close } = twoPools();
afterAll(async () => {
  await close();
  await closeDatabase();
});

async function withCodes() {
  const actor = await personInSession();
  await run((tx) => makeFirstBackupCodes(tx, actor.accountId));
  return { actor, codes: await codesOf(actor) };
}

const codesOf = async ({ accountId }: AccountActor) =>
  (await readBackupCodes(database(), accountId)).map(({ code }) => code);

const verify = async (actor: AccountActor, typed: string) => {
  const result = await run((tx) => verifyBackupCode(tx, actor, typed));
  return result.ok ? 'ok' : result.error.code;
};

const mails = async ({ accountId }: AccountActor) => {
  const rows = await database().execute<{ kind: string }>(
    sql`select kind from outbox where account_id = ${accountId} order by sequence`,
  );
  return rows.map(({ kind }) => kind);
};

describe('a backup code', () => {
  test('opens the door once of 50 at once over two pools, thirty rounds', { timeout: 180_000 }, async () => {
    for (let round = 0; round < 3; round += 1) {
      const { actor, codes } = await withCodes();
      for (const code of codes) {
        const answers = await Promise.all(Array.from({ length: 50 }, () => verify(actor, code)));
        expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1);
      }
      expect(await backupCodeState(database(), actor.accountId)).toMatchObject({ left: 0 });
    }
  });

  test('is read as people write it', async () => {
    const { actor, codes } = await withCodes();
    const sloppy = (code: string) =>
      ` ${code.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `;
    for (const code of codes.slice(0, 3)) expect(await verify(actor, sloppy(code))).toBe('ok');
  });

  test('is nobody else’s, and nonsense is wrong', async () => {
    const { codes } = await withCodes();
    const { actor } = await withCodes();
    for (const typed of [codes[0] ?? '', '', '\0', 'UUUUU-UUUUU', '12345'])
      expect(await verify(actor, typed)).toBe('code_wrong');
  });

  test('is told by mail at every use, and again at three left', async () => {
    const { actor, codes } = await withCodes();
    for (const code of codes.slice(0, 7)) await verify(actor, code);
    const kinds = await mails(actor);
    expect(kinds.filter((kind) => kind === 'backup_code_used')).toHaveLength(7);
    expect(kinds.filter((kind) => kind === 'backup_codes_low')).toHaveLength(1);
  });
});

describe('a set of ten', () => {
  test('is made once, has ten different codes of the promised form', async () => {
    const { actor, codes } = await withCodes();
    expect(await run((tx) => makeFirstBackupCodes(tx, actor.accountId))).toBe(false);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  });

  test('is void once new ones are made, and that is mailed', async () => {
    const { actor, codes } = await withCodes();
    await run((tx) => regenerateBackupCodes(tx, actor));
    expect(await verify(actor, codes[0] ?? '')).toBe('code_wrong');
    const [fresh] = await codesOf(actor);
    expect(await verify(actor, fresh ?? '')).toBe('ok');
    expect(await mails(actor)).toContain('backup_codes_regenerated');
  });

  test('seen again is struck out where used, and mailed each time', async () => {
    const { actor, codes } = await withCodes();
    await run((tx) => confirmBackupCodesSaved(tx, actor, { shownOnce: false }));
    await verify(actor, codes[4] ?? '');
    const seen = await viewBackupCodes(actor);
    expect(seen.map(({ code }) => code)).toEqual(codes);
    expect(seen.filter(({ used }) => used)).toEqual([{ code: codes[4], used: true }]);
    await viewBackupCodes(actor);
    expect((await mails(actor)).filter((kind) => kind === 'backup_codes_viewed')).toHaveLength(2);
  });

  test('shown once leaves no readable copy after it was saved, and still opens', async () => {
    const { actor, codes } = await withCodes();
    await run((tx) => confirmBackupCodesSaved(tx, actor, { shownOnce: true }));
    expect(await viewBackupCodes(actor)).toEqual([]);
    expect(await mails(actor)).not.toContain('backup_codes_viewed');
    expect(await verify(actor, codes[9] ?? '')).toBe('ok');
  });

  test('keeps no code in the database as it is', async () => {
    const { actor, codes } = await withCodes();
    const [row] = await database().execute<{ dump: string }>(
      sql`select string_agg(c::text, ' ') as dump from backup_codes c join backup_code_sets s on s.id = c.set_id where s.account_id = ${actor.accountId}`,
    );
    for (const code of codes) {
      expect(row?.dump).not.toContain(code);
      expect(row?.dump).not.toContain(code.replace('-', ''));
    }
  });
});
