import 'server-only';
import { createHash } from 'node:crypto';
import { settings } from '@/lib/io/env';
import { errorFields, log } from '@/lib/io/log';
import { normalizePassword } from '@/lib/policy/password';
import { type Milliseconds, seconds } from '@/lib/policy/time';
import { isCommonPassword } from './common-passwords';

/** `unchecked`: the service of known breaches was asked and did not answer; that never stops anybody. */
export type BreachVerdict = 'clean' | 'common' | 'breached' | 'unchecked';

const patience: Milliseconds = seconds(2);

/** Asks the range API with five characters of the hash; padding hides how many others share them. */
async function isInRange(base: string, password: string): Promise<boolean> {
  const digest = createHash('sha1').update(normalizePassword(password), 'utf8').digest('hex').toUpperCase();
  const url = new URL(`range/${digest.slice(0, 5)}`, base.endsWith('/') ? base : `${base}/`);
  const answer = await fetch(url, {
    headers: { 'Add-Padding': 'true' },
    signal: AbortSignal.timeout(patience),
    redirect: 'error',
    cache: 'no-store',
  });
  if (!answer.ok) throw new Error(`the range API answered ${answer.status}`);
  const wanted = `${digest.slice(5)}:`;
  const lines = (await answer.text()).split(/\r?\n/);
  return lines.some((line) => line.startsWith(wanted) && Number(line.slice(wanted.length)) > 0);
}

/** The offline list always, the range API where it is set. */
export async function checkBreaches(password: string): Promise<BreachVerdict> {
  if (await isCommonPassword(password)) return 'common';
  const { pwnedApiUrl } = settings();
  if (pwnedApiUrl === null) return 'clean';
  try {
    return (await isInRange(pwnedApiUrl, password)) ? 'breached' : 'clean';
  } catch (error) {
    log().warn({ error: errorFields(error) }, 'the range API of breached passwords did not answer');
    return 'unchecked';
  }
}
