import 'server-only';
import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { auditChains, auditEvents, auditPersonalData } from '@/drizzle/schema';
import { type AuditRecord, digestPersonal, genesis, hashRecord } from './audit-chain';
import { storable } from './canonical-json';
import type { Transaction } from './db';
import { newId } from './token';

/** Account events stand in the account's own chain, organization events in the organization's. */
export type AuditChain = `account:${string}` | `organization:${string}` | 'platform';

export type AuditActor =
  | { readonly kind: 'account' | 'claimant' | 'operator'; readonly id: string }
  | { readonly kind: 'anonymous' | 'system'; readonly id: null };

/** Erasable: the chain keeps a salted digest only. */
export type PersonalData = {
  readonly name?: string | null;
  readonly email?: string | null;
  readonly address?: string | null;
  readonly userAgent?: string | null;
};

export type AuditEvent = {
  readonly chain: AuditChain;
  /** What happened, as subject and participle: `password.changed`, `member.invited`. */
  readonly event: string;
  readonly actor: AuditActor;
  readonly result: 'success' | 'refused' | 'failed';
  /** The person it is about; taken from an account's chain when left out. */
  readonly accountId?: string | null;
  /** Taken from an organization's chain when left out. */
  readonly organizationId?: string | null;
  readonly target?: { readonly kind: string; readonly id: string };
  /** Never personal and never secret: these two are hashed into the chain as they are. */
  readonly before?: unknown;
  readonly after?: unknown;
  readonly reason?: string | null;
  readonly personal?: PersonalData;
};

export const accountChain = (accountId: string): AuditChain => `account:${accountId}`;
export const organizationChain = (organizationId: string): AuditChain => `organization:${organizationId}`;

const subjectOf = (chain: AuditChain, kind: 'account' | 'organization') =>
  chain.startsWith(`${kind}:`) ? chain.slice(kind.length + 1) : null;

/** Locks the chain until the transaction ends, so that rows follow one another without a gap. */
async function lockChain(tx: Transaction, chain: AuditChain) {
  const [head] = await tx
    .insert(auditChains)
    .values({ chain, sequence: 0, hash: genesis })
    .onConflictDoUpdate({ target: auditChains.chain, set: { chain } })
    .returning({
      sequence: auditChains.sequence,
      hash: auditChains.hash,
      at: sql<string>`floor(extract(epoch from clock_timestamp()) * 1000)::bigint::text`,
    });
  if (!head) throw new Error(`the head of ${chain} was not returned`);
  return { sequence: head.sequence, hash: head.hash, at: Number(head.at) };
}

const textOrNull = (text: string | null | undefined) => (text == null ? null : String(storable(text)));

function personalOf(data: PersonalData | undefined) {
  const known = Object.entries(data ?? {}).flatMap(([name, value]) =>
    value ? [[name, textOrNull(value)]] : [],
  );
  if (known.length === 0) return null;
  const values: Readonly<Record<string, string>> = Object.fromEntries(known);
  const salt = randomBytes(16).toString('base64url');
  return { salt, data: values, digest: digestPersonal(salt, values) };
}

/** Appends one row to its chain, in the transaction of what it proves. Call it last: the chain stays locked until commit. */
export async function recordAudit(tx: Transaction, event: AuditEvent): Promise<{ readonly id: string }> {
  const head = await lockChain(tx, event.chain);
  const personal = personalOf(event.personal);
  const record: AuditRecord = {
    chain: event.chain,
    sequence: head.sequence + 1,
    id: newId(),
    at: new Date(head.at).toISOString(),
    event: event.event,
    actorKind: event.actor.kind,
    actorId: event.actor.id,
    accountId: event.accountId ?? subjectOf(event.chain, 'account'),
    organizationId: event.organizationId ?? subjectOf(event.chain, 'organization'),
    targetKind: event.target?.kind ?? null,
    targetId: event.target?.id ?? null,
    result: event.result,
    before: storable(event.before),
    after: storable(event.after),
    reason: textOrNull(event.reason),
    personalDigest: personal?.digest ?? null,
    previousHash: head.hash,
  };
  const hash = hashRecord(record);
  await tx.insert(auditEvents).values({ ...record, at: head.at, hash });
  if (personal)
    await tx
      .insert(auditPersonalData)
      .values({ eventId: record.id, salt: personal.salt, data: personal.data });
  await tx
    .update(auditChains)
    .set({ sequence: record.sequence, hash })
    .where(sql`${auditChains.chain} = ${event.chain}`);
  return { id: record.id };
}
