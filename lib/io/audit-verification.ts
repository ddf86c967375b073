import 'server-only';
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { auditChains, auditEvents, auditPersonalData } from '@/drizzle/schema';
import { fail, ok, type Result } from '@/lib/policy/result';
import { type AuditLine, type BrokenRow, type ChainHead, checkLine, genesis } from './audit-chain';
import { storable } from './canonical-json';
import type { Executor } from './db';

const pageSize = 500;

async function page(executor: Executor, chain: string, after: number): Promise<AuditLine[]> {
  const rows = await executor
    .select({ event: auditEvents, salt: auditPersonalData.salt, data: auditPersonalData.data })
    .from(auditEvents)
    .leftJoin(auditPersonalData, eq(auditPersonalData.eventId, auditEvents.id))
    .where(and(eq(auditEvents.chain, chain), gt(auditEvents.sequence, after)))
    .orderBy(asc(auditEvents.sequence))
    .limit(pageSize);
  return rows.map(({ event, salt, data }) => ({
    ...event,
    at: new Date(event.at).toISOString(),
    before: storable(event.before),
    after: storable(event.after),
    ...(salt === null ? {} : { personal: { salt, data: storable(data) } }),
  }));
}

/** The lines of a chain in order, as an export writes them: one JSON object a line, verifiable by `verifyLines`. */
export async function* chainLines(executor: Executor, chain: string): AsyncGenerator<AuditLine> {
  let after = 0;
  for (;;) {
    const lines = await page(executor, chain, after);
    yield* lines;
    const last = lines.at(-1);
    if (!last || lines.length < pageSize) return;
    after = last.sequence;
  }
}

async function headOf(executor: Executor, chain: string): Promise<ChainHead> {
  const [head] = await executor
    .select({ sequence: auditChains.sequence, hash: auditChains.hash })
    .from(auditChains)
    .where(eq(auditChains.chain, chain));
  return head ?? { sequence: 0, hash: genesis };
}

/** Recomputes a chain from its first row; fails with the first row that does not fit. */
export async function verifyChain(executor: Executor, chain: string): Promise<Result<ChainHead, BrokenRow>> {
  const recorded = await headOf(executor, chain);
  let head: ChainHead = { sequence: 0, hash: genesis };
  for await (const line of chainLines(executor, chain)) {
    const broken = checkLine(line, head);
    if (broken) return fail(broken);
    head = { sequence: line.sequence, hash: line.hash };
  }
  // Rows appended while this ran lie after the head that was read first.
  const isWhole =
    head.sequence > recorded.sequence || (head.sequence === recorded.sequence && head.hash === recorded.hash);
  if (isWhole) return ok(head);
  const reason = head.sequence < recorded.sequence ? 'missing' : 'head_differs';
  return fail({ chain, sequence: Math.min(head.sequence + 1, recorded.sequence), reason });
}

/** Every chain there is, in the order of their names. */
export async function chainNames(executor: Executor): Promise<readonly string[]> {
  const rows = await executor.execute<{ chain: string }>(
    sql`select ${auditChains.chain} as chain from ${auditChains} union select ${auditEvents.chain} from ${auditEvents} order by 1`,
  );
  return rows.map(({ chain }) => chain);
}

/** Verifies every chain and tells the first broken row, or how many rows in how many chains are whole. */
export async function verifyAudit(
  executor: Executor,
): Promise<Result<{ readonly chains: number; readonly rows: number }, BrokenRow>> {
  const chains = await chainNames(executor);
  let rows = 0;
  for (const chain of chains) {
    const verified = await verifyChain(executor, chain);
    if (!verified.ok) return verified;
    rows += verified.value.sequence;
  }
  return ok({ chains: chains.length, rows });
}
