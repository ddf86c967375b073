import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { redirect } from 'next/navigation';
import { log } from '@/lib/io/log';
import { outageOf } from '@/lib/io/outage';
import { processWide } from '@/lib/io/process-wide';
import { withReturn } from './return-address';

const acting = () => processWide('acting', () => new AsyncLocalStorage<true>());

/** Runs an action. It tells of an outage by itself, in its form, so that nothing typed is lost. */
export const whileActing = <T>(run: () => Promise<T>): Promise<T> => acting().run(true, run);

/**
 * Where nobody can be judged: a page says so that needs nothing from the database, nor scripts, and leads back. The framework's own
 * page for failures is empty until its scripts have run. An action gets the outage itself, everybody else the error.
 */
export async function leaveOnOutage(error: unknown): Promise<never> {
  const outage = outageOf(error);
  if (outage === null || acting().getStore()) throw outage ?? error;
  log().error({ error: outage.message }, 'a page met an outage');
  return redirect(await withReturn('/unavailable'));
}
