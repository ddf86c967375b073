import 'server-only';
import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from './canonical-json';

/** What a chain's hash covers: everything but the personal data themselves, which enter as a salted digest. */
export type AuditRecord = {
  readonly chain: string;
  readonly sequence: number;
  readonly id: string;
  /** UTC with milliseconds. */
  readonly at: string;
  readonly event: string;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly accountId: string | null;
  readonly organizationId: string | null;
  readonly targetKind: string | null;
  readonly targetId: string | null;
  readonly result: string;
  readonly before: Json;
  readonly after: Json;
  readonly reason: string | null;
  readonly personalDigest: string | null;
  readonly previousHash: string;
};

export type AuditLine = AuditRecord & {
  readonly hash: string;
  /** Absent once erased; the chain still verifies. */
  readonly personal?: { readonly salt: string; readonly data: Json };
};

export type BrokenRow = {
  readonly chain: string;
  readonly sequence: number;
  readonly reason: 'altered' | 'out_of_order' | 'personal_data_altered' | 'missing' | 'head_differs';
};

export type ChainHead = { readonly sequence: number; readonly hash: string };

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** The hash before a chain's first row. */
export const genesis = '0'.repeat(64);

/** SHA-256 over the RFC 8785 form of the record. */
export const hashRecord = (record: AuditRecord): string => sha256(canonicalJson(record));

/** Means nothing once the salt is erased. */
export const digestPersonal = (salt: string, data: Json): string => sha256(canonicalJson({ salt, data }));

function recordOf({ hash: _hash, personal: _personal, ...record }: AuditLine): AuditRecord {
  return record;
}

/** What is wrong with a line that should follow `head`, or null. */
export function checkLine(line: AuditLine, head: ChainHead): BrokenRow | null {
  const at = { chain: line.chain, sequence: head.sequence + 1 };
  if (line.sequence > at.sequence) return { ...at, reason: 'missing' };
  if (line.sequence < at.sequence || line.previousHash !== head.hash)
    return { ...at, sequence: line.sequence, reason: 'out_of_order' };
  if (hashRecord(recordOf(line)) !== line.hash) return { ...at, reason: 'altered' };
  const { personal } = line;
  if (personal && digestPersonal(personal.salt, personal.data) !== line.personalDigest)
    return { ...at, reason: 'personal_data_altered' };
  return null;
}

/** Verifies exported lines of any chains, each chain in order, with nothing else at hand: the first broken one, or null. */
export function verifyLines(lines: Iterable<AuditLine>): BrokenRow | null {
  const heads = new Map<string, ChainHead>();
  for (const line of lines) {
    const broken = checkLine(line, heads.get(line.chain) ?? { sequence: 0, hash: genesis });
    if (broken) return broken;
    heads.set(line.chain, { sequence: line.sequence, hash: line.hash });
  }
  return null;
}
