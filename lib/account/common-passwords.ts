import 'server-only';
import { processWide } from '@/lib/io/process-wide';

async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common']);
}

/** The list is lower-case and without the digits and symbols people add to pass a rule, so a candidate is compared without them too. */
export async function isCommonPassword(candidate: string): Promise<boolean> {
  const list = await processWide('common-passwords', load);
  const folded = candidate.normalize('NFKC').toLowerCase();
  const bare = folded.replace(/[^\p{L}]+$/u, '');
  return list.has(folded) || (bare.length >= 3 && list.has(bare));
}
